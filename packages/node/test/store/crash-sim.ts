import { SimClock, SimDisk, seededRandom, type Disk, type SeededRandom } from '../../src/seams/index.ts'
import { openJournal, StoreFault, type Journal } from '../../src/store/index.ts'
import { assertSame, payload, readAll, smallSegments } from './tools.ts'

/** What a simulation went through. */
export type Seen =
  | 'kill'
  | 'powerLoss'
  | 'failedAppend'
  | 'failedOpen'
  | 'lostUnacknowledged'
  | 'keptUnacknowledged'
  | 'diskFull'
  | 'rolled'
  | 'copied'

const LIVES = 4
const CALM = { capacityBytes: 2 ** 40, errorPpm: 0 }

/**
 * Some lives of one journal: each opens it, checks what it finds against what was appended and acknowledged before,
 * appends from several callers at once, and ends in a crash. `broken` says which promise was.
 */
export async function simulateCrashes(
  seed: number,
  options: { liesAboutSync?: boolean } = {},
): Promise<{ broken: string | undefined; seen: ReadonlyMap<Seen, number> }> {
  const simulation = new CrashSimulation(seed, options.liesAboutSync ?? false)
  let broken: string | undefined
  for (let life = 1; life <= LIVES && broken === undefined; life++) {
    broken = await simulation.live().then(
      () => undefined,
      (cause: unknown) => `life ${life}: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
  return { broken, seen: simulation.seen }
}

class CrashSimulation {
  readonly seen = new Map<Seen, number>()
  readonly #random: SeededRandom
  readonly #clock = new SimClock()
  readonly #disk: SimDisk
  readonly #options: ReturnType<typeof smallSegments>
  /** Every record handed to the journal so far, as far as it may still be there. */
  #sent: Uint8Array[] = []
  #acknowledged = 0
  #made = 0

  constructor(seed: number, liesAboutSync: boolean) {
    this.#random = seededRandom(seed)
    this.#disk = new SimDisk(this.#random.below(2 ** 32), this.#clock)
    this.#disk.conditions.liesAboutSync = liesAboutSync
    this.#options = smallSegments(seed)
  }

  async live(): Promise<void> {
    const disk = this.#disk.mount()
    const journal = await this.#open(disk)
    await this.#check(journal)
    if ((await disk.list('j')).length > 2) this.#note('rolled')
    this.#disk.conditions.delayMsMax = this.#random.below(4)
    this.#trouble()
    const work = [this.#appendMany(journal), this.#appendMany(journal)]
    if (this.#random.below(3) === 0) work.push(this.#copy(disk, journal))
    // Any of it may still be under way when the crash comes; what it does then is the point.
    const done = Promise.all(work).catch((cause: unknown) => cause)
    await this.#clock.advanceTo(this.#clock.nowMs() + this.#random.below(60))
    this.#crash()
    await this.#clock.advanceTo(this.#clock.nowMs() + 10)
    const problem: unknown = await done
    if (problem instanceof Error) throw problem
  }

  async #open(disk: Disk): Promise<Journal> {
    // A disk in trouble may refuse to open; then somebody makes room or replaces the cable.
    for (let tries = 0; ; tries++) {
      if (tries === 3) Object.assign(this.#disk.conditions, CALM)
      this.#disk.conditions.delayMsMax = 0
      try {
        return await openJournal(disk, 'j', this.#options)
      } catch (cause) {
        if (!(cause instanceof StoreFault) || cause.kind !== 'failed') throw cause
        this.#note('failedOpen')
      }
    }
  }

  async #check(journal: Journal): Promise<void> {
    Object.assign(this.#disk.conditions, CALM)
    const found = await readAll(journal)
    if (found.length < this.#acknowledged) throw new Error(`${this.#acknowledged} acknowledged, ${found.length} found`)
    assertSame(found, this.#sent.slice(0, found.length), 'after the crash')
    if (found.length > this.#acknowledged) this.#note('keptUnacknowledged')
    if (found.length < this.#sent.length) this.#note('lostUnacknowledged')
    // What has been read counts from now on: a reader may have acted on it.
    this.#sent = found
    this.#acknowledged = found.length
  }

  #trouble(): void {
    const { conditions } = this.#disk
    if (this.#random.below(3) === 0) conditions.errorPpm = 20_000 + this.#random.below(80_000)
    if (this.#random.below(4) === 0) conditions.capacityBytes = this.#sent.length * 60 + this.#random.below(1500)
  }

  async #appendMany(journal: Journal): Promise<void> {
    for (let calls = this.#random.below(30); calls > 0; calls--) {
      const batch = Array.from({ length: this.#random.below(4) }, () => payload(++this.#made, this.#random.below(90)))
      this.#sent.push(...batch)
      const index = this.#sent.length
      try {
        const answer = await journal.append(batch)
        if (answer !== index) throw new Error(`append answered ${answer} for record ${index}`)
        this.#acknowledged = Math.max(this.#acknowledged, index)
      } catch (cause) {
        if (!(cause instanceof StoreFault)) throw cause
        this.#note('failedAppend')
        if ((cause.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC') this.#note('diskFull')
        return
      }
    }
  }

  async #copy(disk: Disk, journal: Journal): Promise<void> {
    const dir = `copy-${this.#made}`
    try {
      const copied = await journal.copyTo(dir)
      const copy = await openJournal(disk, dir, this.#options)
      assertSame(await readAll(copy), this.#sent.slice(0, copied), 'in the copy')
      this.#note('copied')
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code
      const expected = code === 'EDEAD' || code === 'EIO' || code === 'ENOSPC'
      if (!expected && !(cause instanceof StoreFault && cause.kind === 'failed')) throw cause
    }
  }

  #crash(): void {
    const power = this.#random.below(2) === 0
    this.#note(power ? 'powerLoss' : 'kill')
    if (power) this.#disk.losePower()
    else this.#disk.killProcess()
  }

  #note(what: Seen): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1)
  }
}
