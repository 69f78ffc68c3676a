import { type Application, Defect, type Effect, type KeyRecord } from '@dujiang/chain'
import { type Json, compile, s } from '@dujiang/core/codec'
import { RING, TALLY_END, ring, trivialActs } from './acts.ts'
import { QUOTA_KEY, TALLY_PREFIX, keyOf, orgKeyKey } from './rows.ts'

/** The trivial Application's section of a genesis file. */
export interface TrivialSection {
  readonly actsPerMinuteMax: number
  readonly keys: readonly (KeyRecord & { readonly org: string; readonly id: string })[]
}

const instant = s.int(0, Number.MAX_SAFE_INTEGER)
const sectionShape = compile(
  s.object({
    actsPerMinuteMax: s.int(1, 1_000_000_000),
    keys: s.list(
      s.object({
        fromMs: instant,
        id: s.hex(16),
        org: s.id(),
        person: s.id(),
        publicKey: s.text(130),
        scheme: s.enumOf(['sm2', 'ed25519']),
        untilMs: instant,
      }),
      { min: 1, max: 4_096 },
    ),
  }),
)

export const TRIVIAL = 'trivial'

/**
 * The least that uses all a chain offers: tallies whose value depends on the order of their mixing, alarms that fall due,
 * keys that come and go, organisations that may not act. It knows nothing of a market, and so shows that the chain does
 * not either. Acts: see acts.ts.
 */
export function trivialApp(): Application {
  const acts = new Map(trivialActs.map((act) => [`${act.name}@${act.version}`, act] as const))
  return {
    name: TRIVIAL,
    initialise(section): readonly Effect[] {
      const problem = sectionShape.explain(section)
      if (problem !== undefined) throw new Error(`genesis: /app/state${problem.path} ${problem.rule}`)
      const { actsPerMinuteMax, keys } = section as unknown as TrivialSection
      const rows = keys.map(({ org, id, ...key }) => put(orgKeyKey(org, id), key as unknown as Json))
      return [put(QUOTA_KEY, actsPerMinuteMax), ...rows]
    },
    act: (name, version) => acts.get(`${name}@${version}`),
    key: keyOf,
    actsPerMinuteMax: (view) => view.get(QUOTA_KEY) as number,
    fallDue(view, wake) {
      if (wake.name !== RING) throw new Defect('DUE-1', `nothing is called ${wake.name}`)
      return ring(view, wake.key)
    },
    checkInvariants(view, written) {
      for (const key of written) {
        const value = view.get(key)
        if (key.startsWith(TALLY_PREFIX) && typeof value === 'number' && value >= TALLY_END) {
          throw new Defect('TALLY-1', `${key} is ${value}`)
        }
      }
    },
  }
}

const put = (key: string, value: Json): Effect => ({ kind: 'put', key, value })
