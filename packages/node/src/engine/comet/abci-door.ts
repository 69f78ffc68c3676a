import { type AbciApp, type AbciOptions, type AbciServer, serveAbci } from './abci/index.ts'
import { Abandoned } from './known-acts.ts'

/**
 * The socket on which the cometbft process asks. Who answers may change while it asks: a node that joins by snapshot has
 * no ledger to answer from before it has restored one.
 */
export class AbciDoor {
  readonly #path: string
  readonly #options: AbciOptions
  /** Called when a process of the engine begins to ask. */
  onCome: () => void = () => undefined
  #app: AbciApp | undefined
  #server: Promise<AbciServer> | undefined

  constructor(path: string, options: AbciOptions) {
    this.#path = path
    this.#options = {
      ...options,
      onCome: () => this.onCome(),
      onFailure(cause) {
        // It follows from our stopping, and is not why we stop.
        if (!(cause instanceof Abandoned)) options.onFailure(cause)
      },
    }
  }

  /** From now on this app answers; resolves once the cometbft process may be started. */
  async answerBy(app: AbciApp): Promise<void> {
    this.#app = app
    this.#server ??= serveAbci(this.#path, this.#whoeverAnswers(), this.#options)
    await this.#server
  }

  async close(): Promise<void> {
    const server = await this.#server?.catch(() => undefined)
    await server?.close()
  }

  #whoeverAnswers(): AbciApp {
    const now = (): AbciApp => this.#app as AbciApp
    return {
      info: (request) => now().info(request),
      initChain: (request) => now().initChain(request),
      prepareProposal: (request) => now().prepareProposal(request),
      processProposal: (request) => now().processProposal(request),
      extendVote: (request) => now().extendVote(request),
      verifyVoteExtension: (request) => now().verifyVoteExtension(request),
      finalizeBlock: (request) => now().finalizeBlock(request),
      commit: (request) => now().commit(request),
      offerSnapshot: (request) => now().offerSnapshot(request),
      applySnapshotChunk: (request) => now().applySnapshotChunk(request),
      checkTx: (request) => now().checkTx(request),
      query: (request) => now().query(request),
      listSnapshots: (request) => now().listSnapshots(request),
      loadSnapshotChunk: (request) => now().loadSnapshotChunk(request),
    }
  }
}
