/** Walks in a browser: a processor's work and more. */
const WALKS = 'apps/console/test/'
/** Networks, nodes and commands in processes of their own, which often wait for blocks and gates; the longest first. */
const WAITS = ['testing/test/network/', 'apps/cli/test/network/', 'apps/node/test/', 'apps/cli/test/', 'testing/test/']

/**
 * The order in which test files are begun: first what takes long, so that at the end nobody waits for it alone; and by turns
 * what computes and what waits, so that two walks in a browser seldom go on beside each other.
 */
export function inOrder(files: readonly string[]): string[] {
  const walks = files.filter((file) => file.startsWith(WALKS))
  const waits = WAITS.flatMap((folder, at) =>
    files.filter((file) => file.startsWith(folder) && !WAITS.slice(0, at).some((before) => file.startsWith(before))),
  )
  const turns = Array.from({ length: Math.max(walks.length, waits.length) }, (_, at) => [walks[at], waits[at]])
  const long = turns.flat().filter((file) => file !== undefined)
  return [...long, ...files.filter((file) => !long.includes(file))]
}

/** It makes and removes network interfaces: a browser gives up what it is loading just then (`net::ERR_NETWORK_CHANGED`). */
const PULLS_CABLES = 'testing/test/network/partition.test.ts'

/** May these two files run beside each other? */
export const agree = (file: string, other: string): boolean => {
  const both = [file, other]
  return !(both.includes(PULLS_CABLES) && both.some((each) => each.startsWith(WALKS)))
}
