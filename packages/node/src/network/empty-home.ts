import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { realDisk } from '../seams/index.ts'
import { IntakeLog } from '../store/index.ts'
import { homePaths } from './home.ts'
import { endLeftovers } from './leftovers.ts'

/** Something is in the way of emptying a home: promises that its intake log still holds, or a log that cannot be read. */
export class PromisesOpen extends Error {
  /** Undefined where nobody knows. */
  readonly acts: number | undefined

  constructor(acts: number | undefined, options: ErrorOptions = {}) {
    super(
      acts === undefined ? 'its intake log cannot be read' : `it has promised ${acts} acts that may be in no block yet`,
      options,
    )
    this.acts = acts
  }
}

export interface EmptyOptions {
  /** Forgets the acts that this node has promised and has seen in no block yet. */
  readonly forgetsPromises: boolean
  readonly nowMs: number
}

/**
 * Removes what a node has of the ledger, in both halves of its home, and gives what it removed: it then begins anew as its
 * settings say, by replay or from a snapshot. Keys, settings, and what the validator and the witness have signed stay. Rejects
 * with the code `ELOCKED` while the pair runs, and with {@link PromisesOpen}. Rule HOME-4.
 */
export async function emptyHome(home: string, options: EmptyOptions): Promise<readonly string[]> {
  const paths = homePaths(home)
  const lock = await realDisk.lock(paths.lock)
  try {
    await endLeftovers(paths.children)
    if (!options.forgetsPromises) await demandNoPromises(paths.ledger, options.nowMs)
    const data = dirname(paths.validatorState)
    const guard = basename(paths.validatorState)
    // The engine's half last: while it is there, a ledger that has nothing is handed the blocks again (CMT-14).
    const removed = [...(await contentOf(paths.ledger)), ...(await contentOf(data, guard))]
    for (const path of removed) await rm(path, { recursive: true })
    return removed
  } finally {
    await lock.release()
  }
}

/** What was promised is an obligation of its operator; a home that holds such is not emptied by the way. */
async function demandNoPromises(ledger: string, nowMs: number): Promise<void> {
  if (!(await readdir(ledger)).includes('intake')) return
  const dir = join(ledger, 'intake')
  const log = await IntakeLog.open(realDisk, dir).catch((cause: unknown) => {
    throw new PromisesOpen(undefined, { cause })
  })
  log.expire(nowMs)
  const acts = log.pending().length
  await log.close()
  if (acts > 0) throw new PromisesOpen(acts)
}

async function contentOf(dir: string, except?: string): Promise<readonly string[]> {
  const names = (await readdir(dir)).filter((name) => name !== except)
  return names.sort().map((name) => join(dir, name))
}
