/** A websocket to the RPC of a cometbft process: transactions go out without waiting, blocks come in. */
export class EngineSocket {
  readonly #socket: WebSocket
  #nextId = 1
  #onBlock: ((txs: number) => void) | undefined
  onAnswer: (isError: boolean) => void = () => undefined

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }: MessageEvent) => this.#take(String(data)))
  }

  static async open(rpcUrl: string): Promise<EngineSocket> {
    const socket = new WebSocket(`${rpcUrl.replace('http:', 'ws:')}/websocket`)
    await new Promise((opened, failed) => {
      socket.addEventListener('open', opened, { once: true })
      socket.addEventListener('error', () => failed(new Error(`no websocket at ${rpcUrl}`)), { once: true })
    })
    return new EngineSocket(socket)
  }

  broadcast(tx: string): void {
    this.#ask('broadcast_tx_async', { tx: Buffer.from(tx, 'latin1').toString('base64') })
  }

  /** Calls back with the number of transactions of each new block. */
  async watchBlocks(onBlock: (txs: number) => void): Promise<void> {
    const subscribed = new Promise<void>((done) => {
      this.onAnswer = () => done()
    })
    this.#ask('subscribe', { query: "tm.event='NewBlockEvents'" })
    await subscribed
    this.#onBlock = onBlock
  }

  close(): void {
    this.#socket.close()
  }

  #ask(method: string, params: Readonly<Record<string, string>>): void {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id: this.#nextId++, method, params }))
  }

  #take(text: string): void {
    const txs = /"num_txs": ?"(\d+)"/.exec(text)
    if (txs !== null) this.#onBlock?.(Number(txs[1]))
    else this.onAnswer(text.includes('"error"'))
  }
}
