import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { grammarBreak } from '@dujiang/testing/abci'
import type { AbciCall, AbciMethod } from '@dujiang/node/abci'

const methods: Readonly<Record<string, AbciMethod>> = {
  I: 'info',
  init: 'initChain',
  offer: 'offerSnapshot',
  chunk: 'applySnapshotChunk',
  prep: 'prepareProposal',
  proc: 'processProposal',
  ext: 'extendVote',
  got: 'verifyVoteExtension',
  fin: 'finalizeBlock',
  C: 'commit',
  check: 'checkTx',
  query: 'query',
  list: 'listSnapshots',
  load: 'loadSnapshotChunk',
}

/** A log in short: `fin:5` is finalizeBlock of height 5, `|` a new CometBFT process. */
function log(text: string): AbciCall[] {
  return text.split('|').flatMap((calls, n) =>
    calls
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => {
        const [name = '', height] = word.split(':')
        const method = methods[name]
        assert.ok(method !== undefined, name)
        return { process: n + 1, method, height: height === undefined ? undefined : Number(height) }
      }),
  )
}

const start = 'I init:1'
const legal = {
  'the benign run of the specification': `${start} prep:1 proc:1 ext:1 got:1 got:1 fin:1 C prep:2 proc:2 ext:2 got:2 fin:2 C`,
  'catching up without rounds': `${start} fin:1 C fin:2 C fin:3 C`,
  'many rounds of a height': `${start} proc:1 got:1 ext:1 prep:1 proc:1 got:1 prep:1 fin:1 C`,
  'votes that come before the proposal': `${start} got:1 got:1 proc:1 ext:1 got:1 fin:1 C`,
  'a chain that begins late': 'I init:100 fin:100 C fin:101 C',
  'info that somebody asked by RPC': `I ${start} I prep:1 I fin:1 I C I fin:2`,
  'calls that may come at any time': 'check query I check init:1 list check fin:1 load:7 query C check',
  'state sync': 'offer:40 chunk chunk I fin:41 C prep:42 fin:42 C',
  'state sync after failed attempts': 'offer:50 offer:40 chunk offer:30 chunk chunk I fin:31 C',
  'a process that stops anywhere': `${start} prep:1 proc:1 fin:1`,
  'recovery of a block that was not committed': `${start} fin:1 C fin:2 | I fin:2 C fin:3 C`,
  'recovery of a committed block, or of earlier ones': `${start} fin:1 C fin:2 C | I prep:3 fin:3 C | I fin:2 C fin:3 C`,
  'recovery of an app that lost its state': `${start} fin:1 C | I init:1 fin:1 C fin:2 C`,
  'a process that died in the handshake': 'I | I | I init:1 | I init:1 fin:1 C',
  'an app with a past': 'I prep:8 proc:8 fin:8 C',
}

const illegal: Readonly<Record<string, readonly [log: string, index: number]>> = {
  'blocks before info': ['fin:1', 0],
  'blocks before info in recovery': [`${start} fin:1 C | fin:2`, 4],
  'initChain before info': ['init:1', 0],
  'initChain again': [`${start} init:1`, 2],
  'initChain after a block': [`${start} fin:1 C init:1`, 4],
  'commit without a block': [`${start} C`, 2],
  'commit twice': [`${start} fin:1 C C`, 4],
  'a block twice': [`${start} fin:1 fin:1`, 3],
  'a block again after its commit': [`${start} fin:1 C fin:1`, 4],
  'a proposal between block and commit': [`${start} fin:1 prep:2`, 3],
  'a skipped height': [`${start} fin:1 C fin:3`, 4],
  'a proposal of another height': [`${start} prep:2`, 2],
  'a vote of another height': [`${start} fin:1 C got:1`, 4],
  'another first height than initChain said': ['I init:100 fin:1', 2],
  'chunks without a snapshot': ['I chunk', 1],
  'blocks after state sync without info': ['offer:40 chunk fin:41', 2],
  'blocks after a snapshot of no chunks': ['offer:40 I fin:41', 2],
  'another height than the snapshot’s next': ['offer:40 chunk I fin:43', 3],
  'a snapshot in the middle': [`${start} fin:1 C offer:9`, 4],
  'a height that recovery skipped': [`${start} fin:1 C | I fin:3`, 5],
  'a proposal without a height': [`${start} prep`, 2],
}

describe('the grammar of ABCI', () => {
  for (const [name, text] of Object.entries(legal)) {
    it(`[ABCI-11] allows ${name}`, () => {
      for (let end = 0; end <= log(text).length; end++) assert.equal(grammarBreak(log(text).slice(0, end)), undefined)
    })
  }

  for (const [name, [text, index]] of Object.entries(illegal)) {
    it(`[ABCI-11] finds ${name}`, () => {
      const found = grammarBreak(log(text))
      assert.equal(found?.index, index)
      assert.deepEqual(found?.call, log(text)[index])
    })
  }

  it('[ABCI-11] allows what the rules of the specification produce, read as they are written', () => {
    const many = (what: fc.Arbitrary<string>, least = 0) =>
      fc.array(what, { minLength: least, maxLength: 3 }).map((list) => list.join(' '))
    const maybe = (what: fc.Arbitrary<string>) => fc.option(what, { nil: '' })
    const all = (...list: fc.Arbitrary<string>[]) => fc.tuple(...list).map((parts) => parts.join(' '))
    const word = (text: string) => fc.constant(text)
    const gotVotes = many(word('got'))
    const extend = all(gotVotes, word('ext'), gotVotes)
    const proposer = all(gotVotes, maybe(all(word('prep'), maybe(word('proc')))), maybe(extend))
    const nonProposer = all(gotVotes, maybe(word('proc')), maybe(extend))
    const height = all(many(fc.oneof(proposer, nonProposer)), word('fin C'))
    const attempt = all(word('offer:9'), many(word('chunk')))
    const stateSync = all(many(attempt), word('offer:9'), many(word('chunk'), 1), word('I'))
    const run = all(fc.oneof(word('I init:10'), stateSync), many(height, 1))
    fc.assert(
      fc.property(run, (text) => {
        let at = 10
        const heights = text.replaceAll(/\b(prep|proc|ext|got|fin)\b|\bC\b/g, (name) =>
          name === 'C' ? (at++, name) : `${name}:${at}`,
        )
        assert.equal(grammarBreak(log(heights)), undefined)
      }),
    )
  })
})
