import { RpcFault } from './rpc/fault.ts'
import type { Fields } from './rpc/fields.ts'
import { question, readAnswer, resultOf } from './rpc/message.ts'
import { isLoopbackHost } from './rpc/transport.ts'
import { type TxTaken, takenBy, txParams } from './rpc/tx-taken.ts'

interface Asked {
  resolve(answer: Fields): void
  reject(cause: RpcFault): void
}

const METHOD = 'broadcast_tx_async'

/**
 * Hands transactions to the mempool of a cometbft process over one websocket, which the engine serves one message after
 * another: they enter the mempool in the order in which they are sent, though no one waits for the answer to the one
 * before. Opened when it is needed, and anew when it has broken. Rule RPC-7.
 */
export class MempoolLine {
  readonly #url: string
  readonly #timeoutMs: number
  readonly #asked = new Map<number, Asked>()
  #socket: Promise<WebSocket> | undefined
  #nextId = 1
  #cancelWatch: () => void = () => undefined

  /** Throws unless `url` is of `http:` on a loopback address. */
  constructor(url: string, options: { readonly timeoutMs?: number } = {}) {
    const { protocol, hostname, host } = new URL(url)
    if (protocol !== 'http:' || !isLoopbackHost(hostname)) {
      throw new Error(`the engine's RPC is asked on a loopback address only, not on ${url}`)
    }
    this.#url = `ws://${host}/websocket`
    this.#timeoutMs = options.timeoutMs ?? 10_000
  }

  /** Rejects with an {@link RpcFault} when the answer does not come: nobody knows then whether the mempool has it. */
  send(tx: Uint8Array): Promise<TxTaken> {
    return takenBy(this.#ask(tx))
  }

  close(): void {
    this.#drop('closed')
  }

  async #ask(tx: Uint8Array): Promise<Fields> {
    this.#socket ??= this.#open()
    const socket = await this.#socket
    const id = this.#nextId++
    const answer = new Promise<Fields>((resolve, reject) => this.#asked.set(id, { resolve, reject }))
    socket.send(question(id, METHOD, txParams(tx)))
    if (this.#asked.size === 1) this.#watch()
    return answer
  }

  #open(): Promise<WebSocket> {
    const socket = new WebSocket(this.#url)
    const opened = new Promise<WebSocket>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(socket))
      socket.addEventListener('close', () => {
        const why = 'the engine closed the websocket'
        reject(new RpcFault('noAnswer', why))
        if (this.#socket === opened) this.#drop(why)
      })
    })
    // Whoever sends is told; nobody else needs to be.
    opened.catch(() => undefined)
    // It says nothing that the closing after it does not say.
    socket.addEventListener('error', () => undefined)
    socket.addEventListener('message', ({ data }: MessageEvent) => this.#take(String(data)))
    return opened
  }

  #take(text: string): void {
    let asked: Asked | undefined
    try {
      const answer = readAnswer(text)
      const id = answer.int('id')
      asked = this.#asked.get(id)
      this.#asked.delete(id)
      this.#watch()
      asked?.resolve(resultOf(answer, METHOD))
    } catch (cause) {
      if (!(cause instanceof RpcFault)) throw cause
      if (asked === undefined) this.#drop(cause.message)
      else asked.reject(cause)
    }
  }

  /** While answers are owed, one must come within the time. */
  #watch(): void {
    this.#cancelWatch()
    if (this.#asked.size === 0) return
    const timer = setTimeout(() => this.#drop('no answer in time'), this.#timeoutMs)
    this.#cancelWatch = () => clearTimeout(timer)
  }

  #drop(why: string): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#cancelWatch()
    const fault = new RpcFault('noAnswer', `no answer from the engine: ${why}`)
    for (const asked of this.#asked.values()) asked.reject(fault)
    this.#asked.clear()
    socket?.then(
      (open) => open.close(),
      () => undefined,
    )
  }
}
