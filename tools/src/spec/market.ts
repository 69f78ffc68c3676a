import { ADMISSION, type AdmissionName, SEQUENCE_NOT_HIGHER, type Signed, type View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Market, ROLES, type Sentence, dujiangMarket, kernelRefusals } from '@dujiang/market'

/** The chain's rule behind each code of admission. */
const admissionRules: { readonly [N in AdmissionName]: string } = {
  malformed: 'ENV-2',
  wrongShape: 'ENV-3',
  tooLarge: 'ENV-1',
  wrongChain: 'ENV-5',
  wrongDomain: 'ENV-6',
  unknownAct: 'ENV-7',
  unknownKey: 'ADM-4',
  keyNotLive: 'ADM-5',
  badSignature: 'ADM-6',
  expired: 'ADM-1',
  lifetimeTooLong: 'ADM-2',
  repeated: 'ADM-3',
  overQuota: 'QUOTA-1',
  notPermitted: 'ADM-7',
}

/** Codes of a result: what they mean, and which leave a receipt. */
export function resultCodes(): Json {
  const names = Object.keys(ADMISSION) as AdmissionName[]
  return {
    accepted: { code: 0, receipt: true },
    admission: names.map((name) => ({ code: ADMISSION[name], name, receipt: false, rule: admissionRules[name] })),
    chain: [{ ...SEQUENCE_NOT_HIGHER, receipt: true, rule: 'SEQ-1' }],
  }
}

/** Every refusal of the market, by number. */
export function refusalNumbers(market: Market = dujiangMarket()): Json {
  const groups = [
    { family: 'kernel', sentences: kernelRefusals.sentences as { readonly [name: string]: Sentence } },
    ...market.families.map(({ name, refusals }) => ({ family: name, sentences: refusals.sentences })),
  ]
  return groups
    .flatMap(({ family, sentences }) =>
      Object.entries(sentences).map(([name, each]) => ({ ...row(name, each), family })),
    )
    .sort((x, y) => x.code - y.code)
}

const row = (name: string, { code, zh, en, retry }: Sentence) => ({ code, name, zh, en, retry })

/** Which roles each act admits, found by asking it for an organisation of each role alone. What else it asks is no matter of roles. */
export function permissionCells(market: Market = dujiangMarket()): Json {
  return market.acts.map(({ name, version }) => {
    const act = market.act(name, version)
    if (act === undefined) throw new Error(`${name} is listed and not known`)
    const roles = ROLES.filter((role) => act.permit(onlyRole(role), signerOf(role))?.name !== 'roleNeeded')
    return { act: name, version, roles }
  })
}

/** Acts, their shapes, and where they stand in the order of execution. */
export function actShapes(market: Market = dujiangMarket()): Json {
  return market.acts.map(({ name, version, stage, title, schema }) => ({
    act: name,
    version,
    stage,
    title: { ...title },
    payload: schema.jsonSchema,
  }))
}

/** The laws of each family, checked after every block. */
export function invariantLaws(market: Market = dujiangMarket()): Json {
  return market.families.flatMap(({ name: family, invariants }) =>
    invariants.map(({ name, law, over }) => ({ family, name, law: { ...law }, over: [...over] })),
  )
}

/** A state that knows one organisation, named as its role. */
function onlyRole(role: string): View {
  const org = { admittedBy: 'genesis', name: role, roles: [role], sinceMs: 0 }
  return {
    height: 1,
    timeMs: 0,
    previousTimeMs: 0,
    sha256: () => new Uint8Array(32),
    get: (key) => (key === `members/org/${role}` ? org : undefined),
    scan: () => [],
  }
}

const signerOf = (org: string): Signed => ({ id: '', org, key: '', person: '', sequence: 1, payload: {} })
