/**
 * The command that runs a script of ours as the ledger's half of a home, with this very Node. Young garbage is collected by
 * the main thread alone: the threads that would help it spend more on sharing the work out than they spare, the more so
 * where several nodes share a machine. The old heap is collected when it has grown by a half, so that what a node takes from
 * its machine keeps to what it has in use; left alone, it grows to the fourfold first, in steps.
 */
export function nodeCommand(script: string, ...args: readonly string[]): readonly string[] {
  return [process.execPath, '--no-parallel-scavenge', '--heap-growing-percent=50', script, ...args]
}
