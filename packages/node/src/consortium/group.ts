import { Pair, type PairLimits } from '../network/index.ts'

export interface GroupMember {
  readonly name: string
  readonly home: string
}

export interface GroupOptions {
  /** Path of the cometbft binary. */
  readonly cometbft: string
  /** Command of the ledger's half of a home. */
  readonly app: (home: string) => readonly string[]
  readonly log: (line: string) => void
  readonly limits?: Partial<PairLimits>
}

/** Several pairs under one parent, as on the one machine of a rehearsal. They end with it. */
export class PairGroup {
  readonly pairs: readonly Pair[]

  constructor(members: readonly GroupMember[], { cometbft, app, log, limits = {} }: GroupOptions) {
    this.pairs = members.map(
      ({ name, home }) => new Pair({ home, cometbft, app: app(home), limits, log: (line) => log(`${name}: ${line}`) }),
    )
  }

  /** Begins all. When one cannot be run, none is left running. */
  async start(): Promise<void> {
    const begun = await Promise.allSettled(this.pairs.map((pair) => pair.start()))
    const failed = begun.find((each) => each.status === 'rejected')
    if (failed === undefined) return
    await this.stop()
    throw failed.reason
  }

  /** Resolves when every pair has seen this height. */
  async untilHeight(height: number): Promise<void> {
    await Promise.all(this.pairs.map((pair) => heightReached(pair, height)))
  }

  async stop(): Promise<void> {
    await Promise.all(this.pairs.map((pair) => pair.stop()))
  }
}

function heightReached(pair: Pair, height: number): Promise<void> {
  return new Promise((done) => {
    const look = (seen: number): void => {
      if (seen < height) return
      pair.off('height', look)
      done()
    }
    pair.on('height', look)
    look(pair.height ?? 0)
  })
}
