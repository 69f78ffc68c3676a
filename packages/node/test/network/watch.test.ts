import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { halvesApart } from '../../src/network/halves.ts'
import { defaultPairLimits, type PairLimits, type Peer } from '../../src/network/index.ts'
import { type Looked, lookAt } from '../../src/network/look.ts'
import { Watch } from '../../src/network/watch.ts'
import { atEnd, temporaryFolder } from './homes.ts'

const peerOf = (name: string, digit: string): Peer => ({ nodeId: digit.repeat(40), name, host: '127.0.0.1', port: 1 })
const [one, two] = [peerOf('n1', '1'), peerOf('n2', '2')]

/** An engine at height 5 with its peers; one that is `busy` executes a block, and does not say what they decide on. */
function engine(connected: readonly Peer[], { busy = false } = {}) {
  let asked = 0
  const rpc = {
    status: async () => ({ height: 5, catchingUp: false }),
    netInfo: async () => connected.map(({ nodeId }) => ({ nodeId })),
    peerHeightMax: async () => {
      asked++
      if (busy) throw new Error('no answer in time')
      return 6
    },
  }
  return { rpc: rpc as unknown as Looked, asked: () => asked }
}

/** A watch over an engine, whose looks begin at once and end with the test. */
function watching(t: TestContext, rpc: Looked, over: Partial<PairLimits> = {}) {
  const peers = join(temporaryFolder(t), 'peers.json')
  writeFileSync(peers, JSON.stringify([one]))
  const lines: string[] = []
  const events = new EventEmitter<{ list: [string | undefined]; alarm: [string]; answer: []; lost: []; back: [] }>()
  const watch = new Watch({ ...defaultPairLimits, lookMs: 1, ...over }, peers, {
    log: (line) => lines.push(line),
    onAnswer: () => events.emit('answer'),
    onHeight: () => undefined,
    onAlarm: (alarm) => events.emit('alarm', alarm),
    onMoving: () => undefined,
    onLost: () => events.emit('lost'),
    onBack: () => events.emit('back'),
    onList: (trouble) => events.emit('list', trouble),
  })
  const life = new AbortController()
  const finish = (why: string): void => life.abort(why)
  const looking = watch.lookOn({ over: life.signal, finish }, rpc)
  atEnd(t, async () => {
    life.abort('the test is over')
    await looking
    watch.end()
  })
  return { watch, events, lines, peers, over: life.signal }
}

describe('a list of peers that cannot be read any more', () => {
  it('[PEER-5] is told of at once, and again when it can, and counts as it was meanwhile', async (t) => {
    const { watch, events, lines, peers, over } = watching(t, engine([one]).rpc)
    await once(events, 'answer')
    assert.equal(watch.listTrouble, undefined)
    const broken = once(events, 'list')
    writeFileSync(peers, '[{"nodeId"')
    const [trouble] = await broken
    assert.ok(trouble?.startsWith(`${peers}: `), trouble)
    assert.equal(watch.listTrouble, trouble)
    for (let looks = 0; looks < 3; looks++) await once(events, 'answer')
    assert.deepEqual([watch.missing, over.aborted], [[], false], 'nobody is cut off')
    assert.equal(lines.filter((line) => line.startsWith('alarm: ')).length, 1, 'once')
    const mended = once(events, 'list')
    writeFileSync(peers, JSON.stringify([one]))
    assert.deepEqual(await mended, [undefined])
    assert.equal(lines.at(-1), 'the list of peers can be read again')
  })

  it('[PEER-5] leaves those missing who were: nobody is said to be back', async (t) => {
    const { watch, events, peers } = watching(t, engine([]).rpc, { lostMs: 1 })
    events.once('back', () => assert.fail('nobody is back'))
    await once(events, 'lost')
    const broken = once(events, 'list')
    rmSync(peers)
    await broken
    for (let looks = 0; looks < 3; looks++) await once(events, 'answer')
    assert.deepEqual(watch.missing, ['n1'])
  })
})

describe('a look at an engine', () => {
  it('[STILL-3] asks what the peers decide on only once the height has stood still', async (t) => {
    const moving = engine([one])
    const { events } = watching(t, moving.rpc, { frozenMs: 3_600_000 })
    for (let looks = 0; looks < 5; looks++) await once(events, 'answer')
    assert.equal(moving.asked(), 0)
    const still = engine([one])
    const frozen = watching(t, still.rpc, { frozenMs: 1 })
    await once(frozen.events, 'alarm')
    while (still.asked() === 0) await once(frozen.events, 'answer')
  })

  it('[STILL-3] [STILL-4] is an answer, though the engine does not say what its peers do: it executes a block', async () => {
    const look = await lookAt(engine([one], { busy: true }).rpc, [one, two], true)
    const expected = { height: 5, catchingUp: false, connected: 1, missing: ['n2'], strangers: [] }
    assert.deepEqual(look, { ...expected, peerHeightMax: undefined })
    assert.equal((await lookAt(engine([one]).rpc, [one], true))?.peerHeightMax, 6)
  })

  it('[STILL-3] [STILL-4] lets a block take as long as it takes, also without a peer', async (t) => {
    const { watch, events, over } = watching(t, engine([], { busy: true }).rpc, { frozenMs: 1, deadMs: 1, cutOffMs: 1 })
    assert.deepEqual(await once(events, 'alarm'), ['frozen'])
    for (let looks = 0; looks < 20; looks++) await once(events, 'answer')
    assert.deepEqual([watch.alarm, over.aborted], ['frozen', false])
  })
})

describe('an engine that refuses its ledger', () => {
  const refusal = 'ERROR: failed to create node: error during handshake: app block height (14) is higher than core (6)'

  it('[STILL-7] raises an alarm of its own that says what to do, and no silence takes its place', async (t) => {
    const { watch, lines, events } = watching(t, engine([one]).rpc)
    await once(events, 'answer')
    watch.hear('app', refusal)
    assert.equal(watch.alarm, undefined)
    watch.hear('cometbft', refusal)
    watch.hear('cometbft', refusal)
    watch.raise('silent')
    assert.equal(watch.alarm, 'halvesApart')
    const alarm = 'alarm: halvesApart, height 5'
    assert.deepEqual(lines, [alarm, halvesApart(refusal)])
    // Another cause asks for something else to be done.
    const other = 'error during handshake: app block height (3) is too far below block store base (9)'
    watch.hear('cometbft', other)
    assert.deepEqual(lines.slice(2), [alarm, halvesApart(other)])
  })
})
