import { setTimeout as delay } from 'node:timers/promises'
import type { CometRpc } from '../engine/comet/rpc.ts'
import type { Life } from './life.ts'
import { lookAt } from './look.ts'
import { LostPeers } from './lost-peers.ts'
import type { PairLimits } from './pair-options.ts'
import { Silence } from './silence.ts'
import { Standstill, type Verdict } from './standstill.ts'

export type Alarm = 'silent' | 'frozen' | 'stranded' | 'dead' | 'cutOff' | 'consensusFailure'

export interface WatchListener {
  log(line: string): void
  /** The engine answers. */
  onAnswer(): void
  onHeight(height: number): void
  onAlarm(alarm: Alarm): void
  onMoving(): void
  onLost(peer: string): void
  onBack(peer: string): void
}

/** What a supervisor sees of its engine, over all its lives: its height, whom it lacks, whether somebody should look. */
export class Watch {
  readonly #limits: PairLimits
  readonly #listener: WatchListener
  readonly #lostPeers: LostPeers
  readonly #silence: Silence
  #height: number | undefined
  #alarm: { readonly kind: Alarm; readonly height: number } | undefined
  /** Restarts because of a height that stood still, one after the other. */
  #inVain = 0

  constructor(limits: PairLimits, listener: WatchListener) {
    this.#limits = limits
    this.#listener = listener
    this.#lostPeers = new LostPeers(limits.lostMs)
    this.#silence = new Silence(limits.silentMs, () => this.raise('silent'))
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

  /** From the pair's start to its end, over all lives and what lies between them. */
  begin(): void {
    this.#silence.begin()
  }

  end(): void {
    this.#silence.end()
  }

  /** Looks again and again until this life is over; ends it when it has to be. */
  async lookOn(life: Life, rpc: CometRpc, peersPath: string): Promise<void> {
    const { frozenMs, deadMs, cutOffMs, inVainMsMax, lookMs } = this.#limits
    const longer = (ms: number): number => Math.min(ms * 2 ** this.#inVain, Math.max(ms, inVainMsMax))
    const standstill = new Standstill({ frozenMs, deadMs: longer(deadMs), cutOffMs: longer(cutOffMs) })
    while (!life.over.aborted) {
      const look = await lookAt(rpc, peersPath)
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

  raise(kind: Alarm): void {
    if (this.#alarm?.kind === kind) return
    // It is why the height stands still, whatever else that looks like.
    if (this.#alarm?.kind === 'stranded' && kind !== 'consensusFailure') return
    this.#alarm = { kind, height: this.#height ?? 0 }
    this.#listener.log(`alarm: ${kind}, height ${this.#height ?? 'unknown'}`)
    if (kind === 'silent') {
      const seconds = this.#limits.silentMs / 1_000
      this.#listener.log(
        `cometbft has not answered for ${seconds} s: its log and the application's say what they are doing`,
      )
    }
    if (kind === 'stranded') {
      this.#listener.log('peers are further and give no block after it: where they keep none, begin from a snapshot')
    }
    this.#listener.onAlarm(kind)
  }

  #judge(verdict: Verdict, life: Life): void {
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
