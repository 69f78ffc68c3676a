import type { Feed, FedTexts, StateRows } from '@dujiang/projections'
import { type FromWorker, type ToWorker, type WorkerData, unpackReceipts } from './protocol.ts'

type Answer = Extract<ToWorker, { kind: 'receipts' | 'stateRows' | 'fault' }>

/** The ledger as the projections' thread sees it: it asks, one question at a time, and waits. */
export class WorkerFeed implements Feed {
  readonly chain: string
  readonly firstReceipt: number
  readonly #say: (message: FromWorker) => void
  #answered: ((answer: Answer) => void) | undefined
  #woken: (() => void) | undefined

  constructor({ chain, firstReceipt }: WorkerData, say: (message: FromWorker) => void) {
    this.chain = chain
    this.firstReceipt = firstReceipt
    this.#say = say
  }

  async receipts(from: number): Promise<readonly FedTexts[]> {
    const answer = await this.#ask({ kind: 'askReceipts', from })
    return answer.kind === 'receipts' ? unpackReceipts(answer.packed) : []
  }

  async stateRows(at: string, after?: string): Promise<StateRows> {
    const answer = await this.#ask({ kind: 'askStateRows', at, ...(after === undefined ? {} : { after }) })
    return answer.kind === 'stateRows' ? answer.rows : { rows: [], more: false }
  }

  /** Resolves when the log may have more than `size` receipts, or when somebody wakes whoever waits. */
  grown(size: number): Promise<void> {
    return new Promise((resolve) => {
      this.#woken = resolve
      this.#say({ kind: 'waits', size })
    })
  }

  /** What the node has answered. */
  take(answer: Answer): void {
    const answered = this.#answered
    this.#answered = undefined
    answered?.(answer)
  }

  wake(): void {
    this.#woken?.()
  }

  async #ask(question: FromWorker): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve) => {
      this.#answered = resolve
      this.#say(question)
    })
    if (answer.kind === 'fault') throw new Error(answer.message)
    return answer
  }
}
