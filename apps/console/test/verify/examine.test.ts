import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VERIFY_STEPS } from '@dujiang/chain'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { examine } from '../../src/verify/examine.ts'
import { type Given, cardsIn, isEvidence, keptIn } from '../../src/verify/given.ts'
import { recognise } from '../../src/verify/recognise.ts'
import { type Report, type StepName } from '../../src/verify/report.ts'
import { TAMPERINGS, tamper } from '../../src/verify/tamper.ts'
import { makeFiles } from './files.ts'

const files = makeFiles()
const given = (bytes: Uint8Array): Given => ({ name: '', dropped: recognise(nobleCrypto, bytes) })

/** As the page does it: what is evidence is examined, with all else beside it. */
function examined(bytes: Uint8Array, ...others: readonly Uint8Array[]): Report {
  const all = [bytes, ...others].map(given)
  const [evidence] = all
  if (evidence === undefined || !isEvidence(evidence)) throw new Error('it is no evidence')
  const { founded } = files
  const beside = { founded, kept: keptIn(all, founded.chain), cards: cardsIn(all) }
  return examine(nobleCrypto, evidence.dropped, beside)
}
const brokenAt = ({ steps }: Report): StepName | undefined => steps.find(({ state }) => state === 'broken')?.name

describe('what a person drops', () => {
  it('is known by what it says of itself, also inside an answer of the API', () => {
    const kinds = ['genesis', 'receipt', 'state', 'promise', 'divergence', 'checkpoint', 'card'] as const
    for (const kind of kinds) assert.equal(given(files[kind]).dropped.kind, kind)
    const answer = `{ "state": "provable", "proof": ${new TextDecoder().decode(files.receipt)} }`
    const dropped = recognise(nobleCrypto, new TextEncoder().encode(answer))
    assert.ok(dropped.kind === 'receipt')
    assert.deepEqual(dropped.bytes, files.receipt)
  })

  it('is examined as what it was when it is damaged, and refused with a reason when it is nothing of ours', () => {
    assert.equal(given(files.receipt.slice(0, -20)).dropped.kind, 'receipt')
    assert.equal(given(files.promise.slice(0, -1)).dropped.kind, 'promise')
    for (const text of ['', 'PK\u0003\u0004', '{}', '[1]', '{"kind":"dujiang-card","org":1}']) {
      assert.equal(given(new TextEncoder().encode(text)).dropped.kind, 'unknown', text)
    }
  })
})

describe('the examination of a receipt', () => {
  it('holds at every step and says whom it trusts; each comparison agrees', () => {
    for (const file of [files.receipt, files.refused]) {
      const report = examined(file)
      assert.ok(report.holds)
      assert.deepEqual(
        report.steps.map(({ name }) => name),
        VERIFY_STEPS,
      )
      assert.deepEqual(
        report.trusts.map(({ org }) => org),
        ['SCPX', 'DISP', 'REG', 'GRID'],
      )
      for (const { name, compared } of report.steps) {
        assert.ok(compared.length > 0, name)
        for (const { stated, computed } of compared) assert.equal(computed ?? stated, stated, name)
      }
    }
  })

  it('breaks where it was tampered with, shows what differs, and reaches no later step', () => {
    const expected = ['form', 'chain', 'act', 'events', 'inclusion', 'appHash', 'validators', 'commit']
    const found = TAMPERINGS.map((tampering) => {
      const report = examined(tamper(files.receipt, tampering))
      const at = report.steps.findIndex(({ state }) => state === 'broken')
      const step = report.steps[at]
      assert.equal(report.holds, false)
      assert.ok(report.steps.slice(at + 1).every(({ state }) => state === 'unreached'))
      assert.ok(step?.reason)
      const showsIt = step.compared.some(({ stated, computed }) => computed !== undefined && computed !== stated)
      if (['chain', 'act', 'events', 'appHash', 'validators'].includes(step.name)) assert.ok(showsIt, step.name)
      return step.name
    })
    assert.deepEqual(found, expected)
  })

  it('points at the byte where a file is no longer in form', () => {
    const step = examined(tamper(files.receipt, 'space')).steps[0]
    assert.deepEqual([step?.excerpt?.atByte, step?.excerpt?.before, step?.excerpt?.bad], [1, '{', ' '])
  })

  it('counts a checkpoint when a card says whose it is, and breaks when its witness has signed something else', () => {
    assert.deepEqual(examined(files.receipt, files.checkpoint).witnesses, [])
    const report = examined(files.receipt, files.checkpoint, files.card)
    assert.deepEqual(
      report.witnesses.map(({ card }) => card.org),
      ['REG'],
    )
    assert.equal(report.steps.at(-1)?.name, 'witnesses')
    assert.equal(brokenAt(examined(files.receipt, files.contradicting, files.card)), 'witnesses')
  })
})

describe('the examination of other evidence', () => {
  it('of a row: holds, and breaks where its value was changed', () => {
    assert.ok(examined(files.state).holds)
    const changed = new TextDecoder().decode(files.state).replace(/"value":.*/, '"value":1}')
    assert.equal(brokenAt(examined(new TextEncoder().encode(changed))), 'inclusion')
  })

  it('of a promise: says kept, and that whose key it is must be known unless a card tells', () => {
    const signerOf = (report: Report) => report.steps.find(({ name }) => name === 'signer')?.state
    const alone = examined(files.promise)
    assert.ok(alone.shown?.kind === 'promise' && alone.shown.verdict.verdict === 'kept')
    assert.equal(signerOf(alone), 'open')
    assert.equal(signerOf(examined(files.promise, files.card)), 'held')
    const longer = new TextDecoder().decode(files.promise).replace('"withinSeconds":30', '"withinSeconds":31')
    assert.equal(brokenAt(examined(new TextEncoder().encode(longer))), 'signer')
  })

  it('of two histories: both are signed and contradict each other, and who signed both is named', () => {
    const report = examined(files.divergence)
    assert.ok(report.shown?.kind === 'divergence', JSON.stringify(report.steps))
    assert.equal(report.shown.attacks[0].byzantine.length, 4)
    const same = JSON.parse(new TextDecoder().decode(files.divergence)) as { sides: unknown[] }
    same.sides[1] = same.sides[0]
    assert.equal(brokenAt(examined(new TextEncoder().encode(JSON.stringify(same)))), 'apart')
  })
})
