import type { Kind, Part } from './part.ts'

/** What the processes of a kind used together while something was measured. */
export interface Spent {
  readonly cpuUs: number
  /** The first threads alone. */
  readonly mainThreadUs: number
}

/** Measures what all processes of a run use, by kind, while `work` is done. */
export async function spentDuring<T>(
  parts: readonly Part[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly spent: ReadonlyMap<Kind, Spent> }> {
  const before = parts.map((part) => part.used())
  const result = await work()
  const spent = new Map<Kind, Spent>()
  for (const [at, part] of parts.entries()) {
    const [from, to] = [before[at]!, part.used()]
    const sum = spent.get(part.kind) ?? { cpuUs: 0, mainThreadUs: 0 }
    spent.set(part.kind, {
      cpuUs: sum.cpuUs + to.cpuUs - from.cpuUs,
      mainThreadUs: sum.mainThreadUs + to.mainThreadUs - from.mainThreadUs,
    })
  }
  return { result, spent }
}
