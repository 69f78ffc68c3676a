import { setTimeout as delay } from 'node:timers/promises'
import { halvesApart } from './halves.ts'
import type { Life } from './life.ts'
import { type Looked, lookAt } from './look.ts'
import { LostPeers } from './lost-peers.ts'
import type { Member, PairLimits } from './pair-options.ts'
import { PeerList } from './peer-list.ts'
import { Silence } from './silence.ts'
import { Standstill, type Verdict } from './standstill.ts'

export type Alarm = 'silent' | 'frozen' | 'stranded' | 'halvesApart' | 'dead' | 'cutOff' | 'consensusFailure'

/** They say why the height stands still, and what to do: nothing that it also looks like takes their place. */
const CAUSES: ReadonlySet<Alarm> = new Set(['stranded', 'halvesApart', 'consensusFailure'])

export interface WatchListener {
  log(line: string): void
  /** The engine answers. */
  onAnswer(): void
  onHeight(height: number): void
  onAlarm(alarm: Alarm): void
  onMoving(): void
  onLost(peer: string): void
  onBack(peer: string): void
  /** The list of peers has a mistake in it, or undefined: it has none any more. */
  onList(trouble: string | undefined): void
}

/** What a supervisor sees of its engine, over all its lives: its height, whom it lacks, whether somebody should look. */
export class Watch {
  readonly #limits: PairLimits
  readonly #listener: WatchListener
  readonly #lostPeers: LostPeers
  readonly #silence: Silence
  readonly #list: PeerList
  #height: number | undefined
  #alarm: { readonly kind: Alarm; readonly means: string | undefined; readonly height: number } | undefined
  /** Restarts because of a height that stood still, one after the other. */
  #inVain = 0

  constructor(limits: PairLimits, peersPath: string, listener: WatchListener) {
    this.#limits = limits
    this.#listener = listener
    this.#lostPeers = new LostPeers(limits.lostMs)
    this.#silence = new Silence(limits.silentMs, () => this.raise('silent'))
    this.#list = new PeerList(peersPath)
  }

  get height(): number | undefined {
    return this.#height
  }

  get alarm(): Alarm | undefined {
    return this.#alarm?.kind
  }

  get missing(): readonly string[] {
    return this.#lostPeers.missing
  }

  /** What is wrong with the list of peers, if something is. */
  get listTrouble(): string | undefined {
    return this.#list.trouble
  }

  /** From the pair's start to its end, over all lives and what lies between them. */
  begin(): void {
    this.#silence.begin()
  }

  end(): void {
    this.#silence.end()
  }

  /** A line that a process of the pair has written. */
  hear(member: Member, line: string): void {
    const means = member === 'cometbft' ? halvesApart(line) : undefined
    if (means !== undefined) this.raise('halvesApart', means)
  }

  /** Reads the list of peers anew: at each look, and before a life, whose ledger does not open with one that has a mistake. */
  async readList(): Promise<void> {
    const before = this.#list.trouble
    const trouble = await this.#list.read()
    if (trouble === before) return
    if (trouble === undefined) this.#listener.log('the list of peers can be read again')
    else this.#listener.log(`alarm: ${trouble}; the last list that could be read counts, until the next start`)
    this.#listener.onList(trouble)
  }

  /** Looks again and again until this life is over; ends it when it has to be. */
  async lookOn(life: Pick<Life, 'over' | 'finish'>, rpc: Looked): Promise<void> {
    const { frozenMs, deadMs, cutOffMs, inVainMsMax, lookMs } = this.#limits
    const longer = (ms: number): number => Math.min(ms * 2 ** this.#inVain, Math.max(ms, inVainMsMax))
    const standstill = new Standstill({ frozenMs, deadMs: longer(deadMs), cutOffMs: longer(cutOffMs) })
    while (!life.over.aborted) {
      await this.readList()
      const look = await lookAt(rpc, this.#list.peers, standstill.isFrozen(performance.now()))
      if (life.over.aborted) return
      const verdict = standstill.see(look, performance.now())
      if (look !== undefined) {
        this.#silence.begin()
        this.#listener.onAnswer()
        this.#noteHeight(look.height)
        this.#noteMissing(look.missing)
        // The engine cannot be told to let go of a peer; in its next life it does not let it in.
        if (look.strangers.length > 0) life.finish(`${look.strangers.join(', ')} is connected and not listed any more`)
      }
      this.#judge(verdict, life)
      await delay(lookMs, undefined, { signal: life.over }).catch(() => undefined)
    }
  }

  /** @param means what it means for whoever looks */
  raise(kind: Alarm, means = this.#meaning(kind)): void {
    const raised = this.#alarm
    if (raised?.kind === kind && raised.means === means) return
    if (raised !== undefined && CAUSES.has(raised.kind) && !CAUSES.has(kind)) return
    this.#alarm = { kind, means, height: this.#height ?? 0 }
    this.#listener.log(`alarm: ${kind}, height ${this.#height ?? 'unknown'}`)
    if (means !== undefined) this.#listener.log(means)
    this.#listener.onAlarm(kind)
  }

  #meaning(kind: Alarm): string | undefined {
    if (kind === 'silent') {
      const seconds = this.#limits.silentMs / 1_000
      return `cometbft has not answered for ${seconds} s: its log and the application's say what they are doing`
    }
    if (kind !== 'stranded') return undefined
    return 'peers are further and give no block after it: where they keep none, begin from a snapshot'
  }

  #judge(verdict: Verdict, life: Pick<Life, 'finish'>): void {
    if (verdict === 'starting' || verdict === 'moving') return
    this.raise(verdict)
    if (verdict !== 'dead' && verdict !== 'cutOff') return
    this.#inVain++
    if (verdict === 'dead') life.finish('cometbft is alive, but stands still for a reason of its own')
    else life.finish(`the height stands still without ${this.missing.join(', ')}`)
  }

  #noteHeight(height: number): void {
    if (height === this.#height) return
    this.#height = height
    this.#inVain = 0
    this.#listener.onHeight(height)
    if (this.#alarm === undefined || height <= this.#alarm.height) return
    this.#alarm = undefined
    this.#listener.log(`the height moves again: ${height}`)
    this.#listener.onMoving()
  }

  #noteMissing(missing: readonly string[]): void {
    const { lost, back } = this.#lostPeers.see(missing, performance.now())
    for (const peer of lost) {
      this.#listener.log(`alarm: ${peer} has not been connected for ${this.#limits.lostMs / 1_000} s`)
      this.#listener.onLost(peer)
    }
    for (const peer of back) {
      this.#listener.log(`${peer} is connected again`)
      this.#listener.onBack(peer)
    }
  }
}
