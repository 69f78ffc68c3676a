import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import {
  type Commit,
  commitFromJson,
  commitToJson,
  type Header,
  headerFromJson,
  headerToJson,
  NO_COMMIT,
  type Parsed,
  validatorsFromJson,
  validatorsToJson,
} from '../../src/comet/index.ts'
import { mutationsOf } from './mutations.ts'
import { blockAt, commitFor, party, validatorsOf } from './test-chain.ts'

// biome-ignore-all lint/suspicious/noExplicitAny: JSON values are changed in ways their types forbid

const parties = [party(1, 3), party(2, 2), party(3, 2), party(4, 2)]
const block = blockAt(2, parties)
const commit = commitFor(block, parties, { 1: 'absent', 2: 'nil' })

function faultOf(parsed: Parsed<unknown>): string | undefined {
  return parsed.ok ? undefined : `${parsed.fault.reason} ${parsed.fault.path}`
}

describe('the JSON form', () => {
  it('[COMET-13] comes back the same through canonical bytes', () => {
    const through = (json: any): unknown => {
      const decoded = decodeCanonical(encodeCanonicalBytes(json))
      assert.ok(decoded.ok)
      return decoded.value
    }
    for (const header of [block.header, blockAt(1, parties).header]) {
      assert.deepEqual(headerFromJson(through(headerToJson(header))), { ok: true, value: header })
    }
    for (const one of [commit, NO_COMMIT]) {
      assert.deepEqual(commitFromJson(through(commitToJson(one))), { ok: true, value: one })
    }
    const validators = validatorsOf(parties)
    assert.deepEqual(validatorsFromJson(through(validatorsToJson(validators))), { ok: true, value: validators })
  })

  it('[COMET-13] gives different values different forms, or none', () => {
    const seen = new Set([JSON.stringify(headerToJson(block.header)), JSON.stringify(commitToJson(commit))])
    const check = (at: string, json: any, parsed: Parsed<unknown>, value: unknown) => {
      assert.ok(!seen.has(JSON.stringify(json)), at)
      seen.add(JSON.stringify(json))
      if (parsed.ok) assert.deepEqual(parsed.value, value, at)
    }
    for (const { at, value } of mutationsOf<Header>(block.header)) {
      check(at, headerToJson(value), headerFromJson(headerToJson(value)), value)
    }
    for (const { at, value } of mutationsOf<Commit>(commit)) {
      check(at, commitToJson(value), commitFromJson(commitToJson(value)), value)
    }
  })

  it('[COMET-13] refuses each field left out, doubled under another name, or of another type', () => {
    for (const [json, read] of [
      [headerToJson(block.header), headerFromJson],
      [commitToJson(commit), commitFromJson],
      [validatorsToJson(validatorsOf(parties)), validatorsFromJson],
    ] as [any, (json: unknown) => Parsed<unknown>][]) {
      assert.equal(faultOf(read(json)), undefined)
      for (const [expected, changed] of wrongShapes(json, '')) assert.equal(faultOf(read(changed)), expected)
    }
  })

  it('[COMET-13] refuses other lengths, ranges and spellings', () => {
    const header: any = headerToJson(block.header)
    const cases: [object, string][] = [
      [{ appHash: '00' }, 'wrongLength /appHash'],
      [{ appHash: '' }, 'wrongLength /appHash'],
      [{ appHash: 'A'.repeat(64) }, 'badHex /appHash'],
      [{ proposerAddress: '00'.repeat(32) }, 'wrongLength /proposerAddress'],
      [{ chainId: 'a b' }, 'outOfRange /chainId'],
      [{ chainId: '\ud800' }, 'outOfRange /chainId'],
      [{ height: 0 }, 'outOfRange /height'],
      [{ height: 2 ** 53 }, 'outOfRange /height'],
      [{ height: 1.5 }, 'outOfRange /height'],
      [{ version: { app: -0, block: 11 } }, 'outOfRange /version/app'],
      [{ version: { app: 1, block: 10 } }, 'outOfRange /version/block'],
      [{ time: { n: 1_000_000_000, s: 0 } }, 'outOfRange /time/n'],
      [{ time: { n: 0, s: 253_402_300_800 } }, 'inconsistent /time'],
      [{ lastBlockId: { hash: '', parts: { hash: '', total: 1 } } }, 'inconsistent /lastBlockId'],
    ]
    for (const [changes, fault] of cases) assert.equal(faultOf(headerFromJson({ ...header, ...changes })), fault)

    const whole: any = commitToJson(commit)
    const absentWithName = { ...whole.signatures[1], validatorAddress: whole.signatures[0].validatorAddress }
    const entryCases: [object, string][] = [
      [absentWithName, 'inconsistent /signatures/1'],
      [{ ...whole.signatures[0], signature: '' }, 'inconsistent /signatures/1'],
      [{ ...whole.signatures[0], flag: 1 }, 'inconsistent /signatures/1'],
      [{ ...whole.signatures[0], flag: 4 }, 'outOfRange /signatures/1/flag'],
    ]
    for (const [entry, fault] of entryCases) {
      assert.equal(faultOf(commitFromJson({ ...whole, signatures: whole.signatures.with(1, entry) })), fault)
    }
    assert.equal(faultOf(commitFromJson({ ...whole, round: 2 ** 31 })), 'outOfRange /round')
    assert.equal(faultOf(commitFromJson({ ...whole, signatures: Array(10_001).fill(0) })), 'tooMany /signatures')
  })
})

/** `json` with one thing wrong in its shape, and the fault that must be named. */
function wrongShapes(json: any, at: string): [fault: string, changed: unknown][] {
  const own: [string, unknown][] = [
    [`wrongType ${at}`, undefined],
    [`wrongType ${at}`, true],
    [`wrongType ${at}`, null],
  ]
  if (typeof json !== 'object') return own
  if (Array.isArray(json)) {
    const elements = json.flatMap((element, i) =>
      wrongShapes(element, `${at}/${i}`).map(([fault, changed]): [string, unknown] => [fault, json.with(i, changed)]),
    )
    return [...own, ...elements]
  }
  const parts = Object.keys(json).flatMap((name): [string, unknown][] => {
    const { [name]: part, ...rest } = json
    return [
      [`missing ${at}/${name}`, rest],
      [`unknownField ${at}/${name}2`, { ...json, [`${name}2`]: part }],
      ...wrongShapes(part, `${at}/${name}`).map(([fault, changed]): [string, unknown] => [
        fault,
        { ...json, [name]: changed },
      ]),
    ]
  })
  return [...own, ...parts]
}
