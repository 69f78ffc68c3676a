import { Worker } from 'node:worker_threads'
import { packChecks } from './packing.ts'
import type { Hasten, SignatureCheck, Verifier } from './verifier.ts'

interface Asked extends SignatureCheck {
  readonly done: (holds: boolean) => void
}

interface Batch {
  readonly asked: readonly Asked[]
  readonly hastened: boolean
  verdicts?: Uint8Array
}

interface Thread {
  readonly worker: Worker
  /** Batches sent and not answered, oldest first. */
  readonly batches: Batch[]
}

/** About 5 ms of SM2: long enough to make the message cheap, short enough to share the work out evenly. */
const BATCH_MAX = 32
/** One in hand and one ready, so that a thread never waits for the main thread. */
const BATCHES_AHEAD_MAX = 2

/** Signature checks on threads of their own. Rules VER-1 to VER-4. */
export class VerifyPool implements Verifier {
  readonly #threads: readonly Thread[]
  readonly #onFailure: (cause: Error) => void
  readonly #waiting = new Set<Asked>()
  readonly #hastened = new Set<Asked>()
  /** Batches that were not hastened, with verdicts still to be given, oldest first. */
  readonly #sent: Batch[] = []
  #sending = false
  #closed = false

  /**
   * @param onFailure a thread has died, also by failing its self-test; nothing more will be answered
   * @param script what the threads run
   */
  constructor(threads: number, onFailure: (cause: Error) => void, script = new URL('./worker.ts', import.meta.url)) {
    this.#onFailure = onFailure
    this.#threads = Array.from({ length: Math.max(1, threads) }, () => this.#startThread(script))
  }

  check(check: SignatureCheck, done: (holds: boolean) => void): Hasten {
    const asked: Asked = { ...check, done }
    this.#waiting.add(asked)
    this.#sendSoon()
    return () => {
      if (this.#waiting.delete(asked)) this.#hastened.add(asked)
    }
  }

  #sendSoon(): void {
    if (this.#sending) return
    // Whatever is asked in this turn shares the batches.
    this.#sending = true
    queueMicrotask(() => {
      this.#sending = false
      this.#send()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#waiting.clear()
    this.#hastened.clear()
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #startThread(script: URL): Thread {
    const thread: Thread = { worker: new Worker(script), batches: [] }
    thread.worker.on('message', (verdicts: Uint8Array) => this.#answer(thread, verdicts))
    thread.worker.on('error', (cause) => this.#fail(cause))
    thread.worker.on('exit', (code) => this.#fail(new Error(`a signature thread has ended with code ${code}`)))
    return thread
  }

  #send(): void {
    for (let ahead = 0; ahead < BATCHES_AHEAD_MAX; ahead++) {
      for (const { worker, batches } of this.#threads) {
        const hastened = this.#hastened.size > 0
        const lane = hastened ? this.#hastened : this.#waiting
        if (lane.size === 0) return
        if (batches.length > ahead) continue
        const share = Math.ceil(lane.size / this.#threads.length)
        const asked = takeFirst(lane, Math.min(BATCH_MAX, share))
        const batch: Batch = { asked, hastened }
        batches.push(batch)
        if (!hastened) this.#sent.push(batch)
        const packed = packChecks(asked)
        worker.postMessage(packed, [packed.buffer])
      }
    }
  }

  #answer({ batches }: Thread, verdicts: Uint8Array): void {
    if (this.#closed) return
    const answered = batches.shift()
    if (answered !== undefined) answered.verdicts = verdicts
    this.#send()
    if (answered?.hastened === true) giveVerdicts(answered.asked, verdicts)
    // Acts of one actor that were sent in a row would lose their order to whichever thread is faster.
    for (let batch = this.#sent[0]; batch?.verdicts !== undefined; batch = this.#sent[0]) {
      this.#sent.shift()
      giveVerdicts(batch.asked, batch.verdicts)
    }
  }

  #fail(cause: unknown): void {
    if (this.#closed) return
    this.#closed = true
    this.#onFailure(cause instanceof Error ? cause : new Error(String(cause)))
  }
}

function takeFirst(lane: Set<Asked>, count: number): Asked[] {
  const taken: Asked[] = []
  for (const asked of lane) {
    if (taken.length === count) break
    taken.push(asked)
    lane.delete(asked)
  }
  return taken
}

function giveVerdicts(asked: readonly Asked[], verdicts: Uint8Array): void {
  asked.forEach(({ done }, at) => done(verdicts[at] === 1))
}
