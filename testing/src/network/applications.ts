import type { Application, GenesisValidator } from '@dujiang/chain'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import type { Doors } from '@dujiang/node/api'
import { type Actor, actorOf, electingApp, trivialApp, trivialGenesis } from '../trivial/index.ts'
import { keyOf } from '../trivial/rows.ts'

/** What a node of the rig runs. */
export type ApplicationName = 'trivial' | 'electing' | 'market'

export interface Served {
  readonly app: Application
  readonly doors: Doors
}

export function applicationOf(name: ApplicationName): Served {
  if (name === 'trivial') return { app: trivialApp(), doors: openDoors }
  if (name === 'electing') return { app: electingApp(), doors: openDoors }
  const market = dujiangMarket()
  return { app: market, doors: doorsOf(market) }
}

/** Those who act on a trivial ledger of the rig. */
export const actors: readonly Actor[] = Array.from({ length: 8 }, (_, at) => actorOf(`ORG${at}`))

/** A trivial ledger founded at `timeMs` by these validators. */
export const trivialFounding = (validators: readonly GenesisValidator[], timeMs: number): Uint8Array =>
  trivialGenesis(actors, { validators, timeMs, name: 'network' })

/** The trivial Application has no secrets, and no words for anything. */
const openDoors: Doors = {
  acts: [],
  refusals: [],
  samples: {},
  sentence: () => undefined,
  actReaders: () => undefined,
  faultsOnRecord: () => 0,
  rowReaders: () => undefined,
  holdsSecrets: () => false,
  keyOf,
}
