import { type Server, type Socket, connect, createServer } from 'node:net'
import { FrameReader, Request, Response, ResponseProcessProposal_ProposalStatus as Verdict } from '@dujiang/node/abci'

/** What a lying validator proposes instead of what its ledger has prepared, and of what the mempool holds. */
export type Lie = (prepared: readonly Uint8Array[], mempool: readonly Uint8Array[]) => readonly Uint8Array[]

const FRAME_BYTES_MAX = 128 * 2 ** 20

/**
 * Stands between a cometbft process and its ledger and makes a liar of them: the ledger is honest and so is the engine, but
 * what is proposed in between is not. Whoever lies takes part in its own lie, so all proposals are accepted then.
 */
export class Liar {
  /** Undefined: it tells the truth. */
  lie: Lie | undefined
  /** Proposals made otherwise than prepared. */
  readonly told: (readonly Uint8Array[])[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(ledgerSocket: string) {
    this.#server = createServer((engine) => this.#join(engine, ledgerSocket))
  }

  static async listen(path: string, ledgerSocket: string): Promise<Liar> {
    const liar = new Liar(ledgerSocket)
    await new Promise<void>((listening) => liar.#server.listen(path, listening))
    return liar
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #join(engine: Socket, ledgerSocket: string): void {
    const ledger = connect(ledgerSocket)
    for (const [socket, other] of [
      [engine, ledger],
      [ledger, engine],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
    const mempools: (readonly Uint8Array[])[] = []
    const asked = new FrameReader(FRAME_BYTES_MAX)
    engine.on('data', (chunk: Buffer) => {
      ledger.write(chunk)
      asked.push(chunk)
      for (let frame = asked.next(); frame !== undefined; frame = asked.next()) {
        const { value } = Request.decode(frame)
        if (value?.$case === 'prepareProposal') mempools.push(value.value.txs.map((tx) => tx.slice()))
      }
    })
    const answered = new FrameReader(FRAME_BYTES_MAX)
    ledger.on('data', (chunk: Buffer) => {
      answered.push(chunk)
      for (let frame = answered.next(); frame !== undefined; frame = answered.next()) {
        engine.write(framed(this.#changed(frame, mempools)))
      }
    })
  }

  #changed(frame: Uint8Array, mempools: (readonly Uint8Array[])[]): Uint8Array {
    const { value } = Response.decode(frame)
    const { lie } = this
    if (value?.$case === 'prepareProposal') {
      const mempool = mempools.shift() ?? []
      if (lie === undefined) return frame
      const txs = [...lie(value.value.txs, mempool)]
      if (!isSame(txs, value.value.txs)) this.told.push(txs)
      return Response.encode({ value: { $case: 'prepareProposal', value: { txs } } }).finish()
    }
    if (value?.$case === 'processProposal' && lie !== undefined) {
      return Response.encode({ value: { $case: 'processProposal', value: { status: Verdict.ACCEPT } } }).finish()
    }
    return frame
  }
}

const isSame = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((tx, at) => Buffer.from(tx).equals(b[at] as Uint8Array))

function framed(body: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let rest = body.length; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) | 0x80)
  length.push(Math.floor(body.length / 128 ** length.length))
  return Buffer.concat([Uint8Array.from(length), body])
}
