import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { MempoolLine } from '../../../src/engine/comet/mempool-line.ts'
import type { RpcFault } from '../../../src/engine/comet/rpc.ts'
import { WebsocketServer } from './websocket-server.ts'

interface Question {
  readonly id: number
  readonly method: string
  readonly params: { readonly tx: string }
}

const taken = (text: string): string => {
  const { id } = JSON.parse(text) as Question
  return JSON.stringify({ jsonrpc: '2.0', id, result: { code: 0, data: '', log: '', codespace: '', hash: '00' } })
}
const refused = (text: string, data: string): string => {
  const { id } = JSON.parse(text) as Question
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32603, message: 'Internal error', data } })
}
const noAnswer = (fault: RpcFault): boolean => fault.name === 'RpcFault' && fault.trouble === 'noAnswer'

describe('the line to the mempool', () => {
  let server: WebsocketServer
  let line: MempoolLine

  before(async () => {
    server = await WebsocketServer.start()
  })
  beforeEach(() => {
    server.received.length = 0
    server.answer = taken
    line = new MempoolLine(server.url)
  })
  afterEach(() => line.close())
  after(() => server.close())

  it('[RPC-1] asks on a loopback address only', () => {
    for (const url of ['http://10.0.0.1:26657', 'https://127.0.0.1:1', 'http://example.org']) {
      assert.throws(() => new MempoolLine(url), /loopback/)
    }
  })

  it('[RPC-7] sends in the order of the calls, and does not wait for answers', async () => {
    const order = Array.from({ length: 300 }, (_, at) => at)
    server.answer = () => undefined
    const sending = order.map((at) => line.send(Uint8Array.of(at >> 8, at & 255)))
    server.answer = (text) => {
      if (server.received.length < order.length) return undefined
      return [...server.received].map(taken).at(-1) ?? text
    }
    assert.deepEqual(await sending.at(-1), { outcome: 'checked', code: 0, log: '' })
    const sent = server.received.map((text) => Buffer.from((JSON.parse(text) as Question).params.tx, 'base64'))
    assert.deepEqual(
      sent.map((bytes) => bytes.readUInt16BE()),
      order,
    )
    line.close()
    const rest = await Promise.allSettled(sending.slice(0, -1))
    assert.ok(rest.every(({ status }) => status === 'rejected'))
  })

  it('[RPC-4] says what became of a transaction that the mempool did not take', async () => {
    for (const [data, outcome] of [
      ['tx already exists in cache', 'known'],
      ['mempool is full: number of txs 5', 'full'],
    ] as const) {
      server.answer = (text) => refused(text, data)
      assert.deepEqual(await line.send(Uint8Array.of(1)), { outcome })
    }
    server.answer = (text) => refused(text, 'tx too large')
    await assert.rejects(line.send(Uint8Array.of(1)), (fault: RpcFault) => fault.trouble === 'refused')
  })

  it('[RPC-7] leaves nobody waiting when the engine ends, and comes back with it', async () => {
    server.answer = () => {
      setImmediate(() => server.hangUp())
      return undefined
    }
    await assert.rejects(line.send(Uint8Array.of(1)), noAnswer)
    server.answer = taken
    const openedBefore = server.opened
    assert.equal((await line.send(Uint8Array.of(1))).outcome, 'checked')
    assert.equal((await line.send(Uint8Array.of(2))).outcome, 'checked')
    assert.equal(server.opened, openedBefore + 1)
  })

  it('[RPC-7] gives up an engine that answers nothing, or nonsense', async () => {
    const hasty = new MempoolLine(server.url, { timeoutMs: 50 })
    server.answer = () => undefined
    await assert.rejects(hasty.send(Uint8Array.of(1)), noAnswer)
    hasty.close()
    server.answer = () => 'nonsense'
    await assert.rejects(line.send(Uint8Array.of(1)), noAnswer)
  })

  it('[RPC-7] rejects where nobody listens', async () => {
    const lost = new MempoolLine('http://127.0.0.1:1')
    await assert.rejects(lost.send(Uint8Array.of(1)), noAnswer)
    lost.close()
  })
})
