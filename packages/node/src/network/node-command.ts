/**
 * The command that runs a script of ours as the ledger's half of a home, with this very Node. Young garbage is collected by
 * the main thread alone: the threads that would help it spend more on sharing the work out than they spare, the more so
 * where several nodes share a machine.
 */
export function nodeCommand(script: string, ...args: readonly string[]): readonly string[] {
  return [process.execPath, '--no-parallel-scavenge', script, ...args]
}
