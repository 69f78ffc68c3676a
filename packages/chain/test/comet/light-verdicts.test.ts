import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type LightBlock, type LightFault, verifyAdjacent, verifySkipping } from '../../src/comet/index.ts'
import { rpcCommit, rpcHeader, rpcTime, rpcValidator } from './rpc-json.ts'

// biome-ignore-all lint/suspicious/noExplicitAny: blocks in the engine's shape, changed at paths

interface Question {
  readonly title: string
  readonly target: string
  readonly changes?: readonly (readonly [path: string, value: unknown])[]
  readonly now: string
  readonly level?: readonly [numerator: number, denominator: number]
  readonly verdict: string
}

interface Verdicts {
  readonly trustingPeriodMs: number
  readonly clockDriftMs: number
  readonly blocks: { readonly [name: string]: any }
  readonly questions: readonly Question[]
}

// What the engine's own light client says; light-verdicts/README.md.
const file = new URL('vectors/light-verdicts.json', import.meta.url)
const { trustingPeriodMs, clockDriftMs, blocks, questions } = JSON.parse(readFileSync(file, 'utf8')) as Verdicts

function lightBlock({ signed_header, validator_set }: any): LightBlock {
  const validators = validator_set.validators.map(rpcValidator)
  return { header: rpcHeader(signed_header.header), commit: rpcCommit(signed_header.commit), validators }
}

function changed(block: any, changes: Question['changes'] = []): any {
  const copy = structuredClone(block)
  for (const [path, value] of changes) {
    const steps = path.split('/')
    const last = steps.pop()!
    const node = steps.reduce((within, step) => within[step], copy)
    node[last] = value
  }
  return copy
}

const trusted = lightBlock(blocks['trusted'])

function faultOf({ target, changes, now, level }: Question): LightFault | undefined {
  const block = lightBlock(changed(blocks[target], changes))
  const limits = { now: rpcTime(now), trustingPeriodMs, clockDriftMs }
  if (block.header.height === trusted.header.height + 1) {
    return verifyAdjacent(nodeCrypto, trusted.header, block, limits)
  }
  const trustLevel = level && { numerator: level[0], denominator: level[1] }
  return verifySkipping(nodeCrypto, trusted, block, limits, trustLevel)
}

function verdictOf(fault: LightFault | undefined): string {
  if (fault === undefined) return 'SUCCESS'
  return fault.reason === 'notEnoughTrust' ? 'NOT_ENOUGH_TRUST' : 'INVALID'
}

// With the first three votes the engine has more than two thirds, and looks no further; a vote for no block it does not check.
const STRICTER = ['later', 'next'].flatMap((kind) => [
  `${kind}: a bit of signature 3: commitSignatureWrong`,
  `${kind}: address of vote 3: commitAddressWrong`,
  `${kind}: signature 3 of another: commitSignatureWrong`,
  `${kind}: time of vote 3: commitSignatureWrong`,
  `${kind}: vote 1 as one for none: commitSignatureWrong`,
  `${kind}: vote 2 as one for none: commitSignatureWrong`,
  `${kind}: vote 3 as one for none: commitSignatureWrong`,
])

describe("the verdicts of the engine's own light client", () => {
  it('[COMET-10] are ours, but where we demand more: every signature and every address', () => {
    const stricter = new Set<string>()
    for (const question of questions) {
      const fault = faultOf(question)
      const ours = verdictOf(fault)
      const weSeeMore = fault?.reason === 'commitSignatureWrong' || fault?.reason === 'commitAddressWrong'
      if (question.verdict === 'SUCCESS' && weSeeMore) stricter.add(`${question.title}: ${fault.reason}`)
      else assert.equal(ours, question.verdict, `${question.title}: ${fault?.reason}`)
    }
    assert.deepEqual([...stricter].sort(), STRICTER)
  })

  it('[COMET-10] are of each kind, for the next header and for a later one', () => {
    for (const [kind, verdicts] of [
      ['next', ['INVALID', 'SUCCESS']],
      ['later', ['INVALID', 'NOT_ENOUGH_TRUST', 'SUCCESS']],
    ] as const) {
      const given = questions.filter(({ target }) => target.startsWith(kind)).map(({ verdict }) => verdict)
      assert.deepEqual([...new Set(given)].sort(), verdicts)
    }
    assert.ok(questions.length > 129, `${questions.length} questions`)
  })
})
