import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { serveApi } from '../../src/api/index.ts'
import { Projections, type ProjectionsOptions } from '../../src/projections/index.ts'
import { ApiRig, type RigOptions } from '../api/rig.ts'

const doors = doorsOf(dujiangMarket())

export interface ListsRig {
  readonly rig: ApiRig
  projections: Projections
  readonly dataDir: string
  /** Ends what follows the ledger and begins it anew; the ledger goes on. */
  follow(over?: Partial<ProjectionsOptions>): Promise<void>
}

/** A market whose lists follow it, behind its API. */
export async function withLists(
  work: (lists: ListsRig) => Promise<void>,
  over: Partial<ProjectionsOptions> = {},
  options: RigOptions = {},
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dujiang-lists-'))
  const rig = await ApiRig.open(options)
  const open = (more: Partial<ProjectionsOptions> = {}): Projections => {
    const isPublic: ProjectionsOptions['isPublic'] = (view, key) => doors.rowReaders(view, key) === undefined
    const listsModule = import.meta.resolve('@dujiang/market/lists')
    return new Projections({
      node: rig.node,
      lists,
      listsModule,
      isPublic,
      dataDir,
      clock: rig.clock,
      ...over,
      ...more,
    })
  }
  const serve = async (projections: Projections): Promise<void> => {
    await rig.api.close()
    rig.api = await serveApi({
      node: rig.node,
      doors,
      crypto: nodeCrypto,
      host: '127.0.0.1',
      port: 0,
      clock: rig.clock,
      log: { level: 'error', stream: process.stderr },
      projections,
    })
  }
  const made: ListsRig = {
    rig,
    projections: open(),
    dataDir,
    async follow(more) {
      await made.projections.close()
      made.projections = open(more)
      await serve(made.projections)
    },
  }
  try {
    await serve(made.projections)
    await work(made)
  } finally {
    await rig.close()
    await made.projections.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
