import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sharedDir } from '@dujiang/testing/shared'
import { Failure } from '../../failure.ts'
import { unreadable } from '../../input.ts'

/** The file by which the folder of the exchange's files is known. */
export const BIDS_FILE = 'bid-curves.csv.gz'

export interface Places {
  /** The folder of the exchange's files. */
  readonly source: string
  /** The folder of the ledger; a temporary one when absent. */
  readonly ledger?: string
}

/**
 * `data` is either folder: that of the exchange's files when it holds them, else that of the ledger. The other comes from
 * its own option; without it the files are those of the reference material, and the ledger is a temporary one.
 */
export async function placesOf(options: {
  readonly data?: string
  readonly source?: string
  readonly ledger?: string
}): Promise<Places> {
  const { data } = options
  if (data === undefined) return places(options.source, options.ledger)
  if (await holdsFiles(data)) return places(once('source', options.source, data), options.ledger)
  const ledger = once('ledger', options.ledger, data)
  await refuseForeign(ledger)
  return places(options.source, ledger)
}

async function places(given: string | undefined, ledger: string | undefined): Promise<Places> {
  const shared = sharedDir()
  const source = given ?? (shared === undefined ? undefined : join(shared, 'data/italy_mgp'))
  if (source === undefined || !(await holdsFiles(source))) {
    throw new Failure(
      `未找到 ${BIDS_FILE}：用 --source 指明数据目录`,
      `${BIDS_FILE} was not found: name its folder with --source`,
    )
  }
  return { source, ...(ledger === undefined ? {} : { ledger }) }
}

function once(option: string, given: string | undefined, data: string): string {
  if (given === undefined || given === data) return data
  throw new Failure(
    `--data ${data} 与 --${option} ${given} 指同一目录而不同`,
    `--data ${data} and --${option} ${given} name the same folder differently`,
  )
}

/** A ledger is not laid among other files: whoever mistypes the folder of the exchange's files would find it littered. */
async function refuseForeign(ledger: string): Promise<void> {
  const names = await namesIn(ledger)
  if (names.length === 0 || names.includes('genesis.json')) return
  throw new Failure(
    `${ledger} 既非账本目录，也没有 ${BIDS_FILE}`,
    `${ledger} is not the folder of a ledger, nor does it hold ${BIDS_FILE}`,
  )
}

const holdsFiles = async (dir: string): Promise<boolean> => (await namesIn(dir)).includes(BIDS_FILE)

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    return unreadable(dir)(cause)
  }
}
