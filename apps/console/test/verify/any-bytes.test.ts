import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { examine } from '../../src/verify/examine.ts'
import { type Given, cardsIn, isEvidence, keptIn, unusedWhy } from '../../src/verify/given.ts'
import { reasonIn } from '../../src/verify/reasons.ts'
import { recognise } from '../../src/verify/recognise.ts'
import type { Report } from '../../src/verify/report.ts'
import { verifyWords } from '../../src/verify/verify-words.ts'
import { makeFiles } from './files.ts'

const files = makeFiles()
const kinds = ['genesis', 'receipt', 'refused', 'state', 'promise', 'divergence', 'checkpoint', 'card'] as const
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const given = (bytes: Uint8Array): Given => ({ name: '', dropped: recognise(nodeCrypto, bytes) })
const beside = [given(files.checkpoint), given(files.card)]

/** As the page does it: the report of what is evidence; of anything else undefined, once it is said why it is not used. */
function verdictOn(bytes: Uint8Array): Report | undefined {
  const all = [...beside, given(bytes)]
  const last = all.at(-1) as Given
  const { founded } = files
  if (!isEvidence(last)) {
    const why = unusedWhy(all, last, founded.chain)
    assert.ok(why === undefined || why.word in verifyWords)
    return undefined
  }
  const report = examine(nodeCrypto, last.dropped, { founded, kept: keptIn(all, founded.chain), cards: cardsIn(all) })
  const broken = report.steps.filter(({ state }) => state === 'broken')
  assert.equal(broken.length, report.holds ? 0 : 1)
  for (const { reason = '' } of broken) assert.notEqual(reasonIn('zh', reason), reason)
  return report
}

/** The byte a report says it broke at. */
const brokenAt = (report: Report | undefined): number | undefined => report?.steps[0]?.excerpt?.atByte

type Path = readonly (string | number)[]
/** Where every value of a file stands. */
function placesIn(json: Json, path: Path = []): readonly Path[] {
  if (typeof json !== 'object') return [path]
  return [path, ...Object.entries(json).flatMap(([name, each]) => placesIn(each as Json, [...path, name]))]
}
function replaced(json: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value
  const copy: Record<string | number, unknown> = Array.isArray(json) ? [...(json as unknown[])] : { ...Object(json) }
  copy[name] = replaced(copy[name], rest, value)
  return copy
}

const aFile = fc.constantFrom(...kinds).map((kind) => files[kind])
const aValue = fc.oneof(
  fc.constantFrom(null, 1.5, -1, 0, '', [], {}, [null], true, 2 ** 53, 'x', '00'.repeat(32), 'constructor'),
  fc.jsonValue({ maxDepth: 3 }),
)

describe('whatever bytes are given to the page that verifies', () => {
  it('it has a verdict on bytes of chance', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }).map(utf8))
    fc.assert(fc.property(bytes, (each) => void verdictOn(each)))
  })

  it('it has a verdict on any JSON, and on what names itself as a file of ours', () => {
    const names = ['receipt', 'state', 'omission', 'divergence', 'card', 'x'].map((each) => `dujiang-${each}`)
    const kind = fc.constantFrom(...names, 'constructor', '__proto__', 'toString')
    const named = fc.record(
      { kind, proof: aValue, sides: aValue, block: aValue, node: aValue },
      { requiredKeys: ['kind'] },
    )
    const inside = fc.oneof(
      fc.json(),
      named.map((each) => JSON.stringify(each)),
      named.map((proof) => JSON.stringify({ proof })),
    )
    fc.assert(fc.property(inside, (text) => void verdictOn(utf8(text))))
  })

  it('it has a verdict on a file of which one value was replaced, bare or inside an answer of the API', () => {
    const changed = fc.tuple(aFile, fc.nat(), aValue, fc.boolean()).map(([file, at, value, isInside]) => {
      const json = JSON.parse(new TextDecoder().decode(file)) as Json
      const places = placesIn(json)
      const other = replaced(json, places[at % places.length] as Path, value)
      return utf8(JSON.stringify(isInside ? { proof: other, state: 'provable' } : other))
    })
    fc.assert(
      fc.property(changed, (bytes) => void verdictOn(bytes)),
      { numRuns: 400 },
    )
  })

  it('it has a verdict on a file with bytes cut out, put in or changed', () => {
    const bytes = fc.uint8Array({ maxLength: 3 })
    const changed = fc.tuple(aFile, fc.nat(), fc.nat({ max: 40 }), bytes).map(([file, place, count, put]) => {
      const at = place % (file.length + 1)
      return Uint8Array.from([...file.slice(0, at), ...put, ...file.slice(at + count)])
    })
    fc.assert(
      fc.property(changed, (each) => void verdictOn(each)),
      { numRuns: 400 },
    )
  })

  it('it breaks at the byte where a proof has no canonical form, also inside an answer of the API', () => {
    const text = '{"proof":{"kind":"dujiang-receipt","receipt":{"height":1.5}}}'
    assert.equal(brokenAt(verdictOn(utf8(text))), text.indexOf('1.5'))
    const deep = `{"kind":"dujiang-receipt","proof":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    for (const each of [deep, `{"proof":${deep}}`]) {
      const at = brokenAt(verdictOn(utf8(each)))
      assert.ok(at !== undefined && each[at] === '[', String(at))
    }
  })

  it('it examines what is left of a torn file as what it looks like, and says where it is torn', () => {
    for (const kind of ['receipt', 'state', 'promise'] as const) {
      const file = files[kind]
      const from = new TextDecoder().decode(file).indexOf('"header"')
      for (let at = from + 12; at < file.length; at += 97) {
        const report = verdictOn(file.slice(0, at))
        assert.equal(report?.about, kind, `${kind} torn at ${at}`)
        assert.equal(brokenAt(report), at)
      }
    }
    for (const [kind, why] of [
      ['genesis', 'badGenesis'],
      ['checkpoint', 'badCheckpoint'],
    ] as const) {
      const { dropped } = given(files[kind].slice(0, 200))
      assert.ok(dropped.kind === 'unknown' && dropped.why === why && dropped.said?.endsWith('malformed at byte 200'))
    }
    const { dropped } = given(utf8('{"cargo":{"weight":12'))
    assert.ok(dropped.kind === 'unknown' && dropped.why === 'noText' && dropped.atByte === 21)
  })
})
