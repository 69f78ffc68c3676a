import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { examine } from '../../src/verify/examine.ts'
import { type Given, cardsIn, isEvidence, keptIn } from '../../src/verify/given.ts'
import { reasonIn, sentences } from '../../src/verify/reasons.ts'
import { recognise } from '../../src/verify/recognise.ts'
import { TAMPERINGS, tamper } from '../../src/verify/tamper.ts'
import { makeFiles } from './files.ts'

const root = resolve(import.meta.dirname, '../../../..')
const files = makeFiles()
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (file: Uint8Array): string => new TextDecoder().decode(file)
const given = (bytes: Uint8Array): Given => ({ name: '', dropped: recognise(nodeCrypto, bytes) })

/** Why a file breaks, in the verifier's own words. */
function reasonOf(bytes: Uint8Array, ...others: readonly Uint8Array[]): string {
  const all = [bytes, ...others].map(given)
  const [evidence] = all as [Given]
  if (!isEvidence(evidence)) throw new Error('it is no evidence')
  const { founded } = files
  const beside = { founded, kept: keptIn(all, founded.chain), cards: cardsIn(all) }
  const { steps } = examine(nodeCrypto, evidence.dropped, beside)
  return steps.find(({ state }) => state === 'broken')?.reason ?? 'it holds'
}

/** Two words of English one after the other. */
const ENGLISH = /[a-z]{2,} [a-z]{2,}/i

describe('why a step broke', () => {
  it('is said in Chinese to whoever reads Chinese, and in the words of the verifier to others', () => {
    const broken = [
      ...TAMPERINGS.map((tampering) => reasonOf(tamper(files.receipt, tampering))),
      reasonOf(files.receipt.slice(0, -20)),
      reasonOf(files.receipt, files.contradicting, files.card),
      reasonOf(utf8('{"kind":"dujiang-receipt","v":1}')),
      reasonOf(utf8(textOf(files.state).replace(/"value":.*/, '"value":1}'))),
      reasonOf(utf8(textOf(files.promise).replace('"withinSeconds":30', '"withinSeconds":31'))),
      reasonOf(utf8(textOf(files.promise).replaceAll('"withinSeconds":30', '"withinSeconds":"30"'))),
      reasonOf(files.divergence.slice(0, -20)),
      reasonOf(utf8('{"kind":"dujiang-divergence","sides":[{"source":1},{}]}')),
    ]
    for (const said of broken) {
      const chinese = reasonIn('zh', said)
      assert.match(chinese, /\p{Script=Han}/u, said)
      assert.doesNotMatch(chinese, ENGLISH)
      assert.equal(reasonIn('en', said), said)
    }
  })

  it('is said in Chinese also of what was kept or promised, with an instant as people read one', () => {
    for (const said of [
      'in a block of 1796090400000 only',
      'in a block of 1796090400000: whether in time, block 7 does not tell',
      'the header is of 1796090400000: the time is not over',
    ]) {
      for (const language of ['zh', 'en'] as const) assert.match(reasonIn(language, said), /2026-12-01 10:00:00/)
      assert.doesNotMatch(reasonIn('zh', said), ENGLISH)
    }
  })

  it('says of whatever nobody has put into Chinese what it was told', () => {
    for (const said of ['', 'Failed to fetch', 'constructor']) assert.equal(reasonIn('zh', said), said)
  })

  it('has no sentence that no verifier says', () => {
    const spoken = [
      ...globSync('packages/chain/src/{genesis,ledger/*-proof,ledger/trust-path,ledger/signed-act}.ts', { cwd: root }),
      ...globSync('packages/client/src/omission*.ts', { cwd: root }),
      ...globSync('apps/console/src/verify/{examine-*,recognise,witnesses}.ts', { cwd: root }),
    ].map((file) => readFileSync(join(root, file), 'utf8'))
    const unsaid = sentences.filter(([, en]) => {
      const told = new RegExp(en.replaceAll(/\{\{\w+\}\}/g, '\\$\\{[^}]+\\}'))
      return !spoken.some((text) => told.test(text))
    })
    assert.deepEqual(unsaid, [])
  })
})
