import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type Socket, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BinaryWriter } from '@bufbuild/protobuf/wire'
import {
  type AbciApp,
  type AbciCall,
  type AbciLimits,
  type AbciServer,
  Request,
  RequestCheckTx,
  RequestFinalizeBlock,
  RequestInfo,
  Response,
  ResponseCheckTx,
  ResponseCommit,
  ResponseFinalizeBlock,
  ResponseInfo,
  ResponseQuery,
  serveAbci,
} from '../../../../src/engine/comet/abci/index.ts'
import { FrameReader } from '../../../../src/engine/comet/abci/frame.ts'

export type Asked = NonNullable<Request['value']>
export type Answered = NonNullable<Response['value']>

export const checkTx = (tx: Uint8Array = Uint8Array.of(1)): Asked => ({
  $case: 'checkTx',
  value: RequestCheckTx.create({ tx }),
})
export const info: Asked = { $case: 'info', value: RequestInfo.create() }
export const flush: Asked = { $case: 'flush', value: {} }
export const commit: Asked = { $case: 'commit', value: {} }
export const echo = (message: string): Asked => ({ $case: 'echo', value: { message } })
export const finalizeBlock = (height: number): Asked => ({
  $case: 'finalizeBlock',
  value: RequestFinalizeBlock.create({ height: BigInt(height) }),
})

export function framed(list: readonly Asked[]): Uint8Array {
  const writer = new BinaryWriter()
  for (const value of list) Request.encode({ value }, writer.fork()).join()
  return writer.finish()
}

/** An app of which a test says only what matters to it; what nobody should ask fails the test. */
export function appWith(methods: Partial<AbciApp>): AbciApp {
  const unexpected = (): never => assert.fail('nobody should ask this')
  return {
    info: () => ResponseInfo.create(),
    checkTx: () => ResponseCheckTx.create(),
    query: () => ResponseQuery.create(),
    finalizeBlock: () => ResponseFinalizeBlock.create(),
    commit: () => ResponseCommit.create(),
    initChain: unexpected,
    prepareProposal: unexpected,
    processProposal: unexpected,
    extendVote: unexpected,
    verifyVoteExtension: unexpected,
    listSnapshots: unexpected,
    offerSnapshot: unexpected,
    loadSnapshotChunk: unexpected,
    applySnapshotChunk: unexpected,
    ...methods,
  }
}

/** A call whose answer the test gives when it likes. */
export class Pending<A> {
  readonly answers: ((answer: A) => void)[] = []
  readonly #watchers = new Set<() => void>()

  readonly call = (): Promise<A> => {
    const answer = new Promise<A>((resolve) => this.answers.push(resolve))
    for (const watcher of this.#watchers) watcher()
    return answer
  }

  /** Resolves once `count` calls have been made. */
  async made(count: number): Promise<void> {
    while (this.answers.length < count) {
      await new Promise<void>((called) => {
        this.#watchers.add(called)
        if (this.answers.length >= count) called()
      })
    }
  }
}

/** One connection of a CometBFT, without its manners. */
export class Client {
  readonly socket: Socket
  readonly answered: Answered[] = []
  readonly #frames = new FrameReader(2 ** 30)
  /** However it is closed: one that is reset is told of an error first. */
  readonly closed: Promise<void>

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.#frames.push(chunk)
      for (let frame = this.#frames.next(); frame !== undefined; frame = this.#frames.next()) {
        this.answered.push(Response.decode(frame).value as Answered)
      }
      socket.emit('answered')
    })
    socket.on('error', () => {})
    this.closed = new Promise((closed) => socket.once('close', () => closed()))
  }

  send(...list: Asked[]): void {
    this.socket.write(framed(list))
  }

  /** The first `count` answers, once they are there. */
  async answers(count: number): Promise<readonly Answered[]> {
    while (this.answered.length < count) await once(this.socket, 'answered')
    return this.answered
  }

  /** Resolves once the server has been through its event loop: what it had to do by then is done. */
  async roundTrip(): Promise<void> {
    const before = this.answered.length
    this.send(echo('anybody there'))
    await this.answers(before + 1)
  }
}

/** A server on a socket in a folder of its own. */
export class Rig {
  readonly folder = mkdtempSync(join(tmpdir(), 'dujiang-abci-'))
  readonly path = join(this.folder, 's')
  readonly calls: AbciCall[] = []
  readonly failures: unknown[] = []
  readonly gone: (Error | undefined)[] = []
  came = 0
  readonly clients: Client[] = []
  server: AbciServer | undefined

  async serve(app: AbciApp, limits: Partial<AbciLimits> = {}): Promise<void> {
    this.server = await serveAbci(this.path, app, {
      limits,
      log: (call) => this.calls.push(call),
      onFailure: (cause) => this.failures.push(cause),
      onCome: () => (this.came += 1),
      onGone: (fault) => this.gone.push(fault),
    })
  }

  async client(): Promise<Client> {
    const socket = connect(this.path)
    const client = new Client(socket)
    this.clients.push(client)
    await once(socket, 'connect')
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.clients) client.socket.destroy()
    await this.server?.close()
    rmSync(this.folder, { recursive: true })
  }
}
