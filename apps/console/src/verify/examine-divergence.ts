import {
  type Anchor,
  type Founded,
  type Header,
  type LightBlock,
  compareTimes,
  engineChainId,
  genesisValidators,
  headerHash,
  lightAttack,
  lightBlockFromJson,
  timeFromMs,
  validatorsHash,
  verifyLink,
} from '@dujiang/chain'
import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import { type Compared, type Report, type Step, type StepName, stepsUntil } from './report.ts'

const BLOCKS_MAX = 1_000

interface Side {
  readonly source: string
  readonly chain: readonly LightBlock[]
}
interface Given {
  readonly source: unknown
  readonly chain: readonly unknown[]
}
type Sides = readonly [Side, Side]
type Broken = { readonly step: StepName; readonly reason: string }

const STEPS: readonly StepName[] = ['form', 'sideOne', 'sideTwo', 'apart']
/** Examines what a light client has written down when two nodes have each proved a history of its own. */
export function examineDivergence(crypto: CryptoProvider, founded: Founded, file: Uint8Array): Report {
  const sides = readSides(file)
  const broken = typeof sides === 'string' ? { step: 'form' as const, reason: sides } : brokenIn(crypto, founded, sides)
  const compared = (name: StepName): readonly Compared[] =>
    typeof sides === 'string' ? [] : comparedOf(crypto, sides, name)
  const isOpen = typeof sides !== 'string' && !isFounded(crypto, founded, sides)
  const steps = stepsUntil(STEPS, broken, compared).map((step): Step => {
    const rests = isOpen && step.state === 'held' && (step.name === 'sideOne' || step.name === 'sideTwo')
    return rests ? { ...step, state: 'open' } : step
  })
  const about = 'divergence'
  if (broken !== undefined || typeof sides === 'string')
    return { about, steps, holds: false, trusts: [], witnesses: [] }
  const [one, two] = [newestOf(sides[0]), newestOf(sides[1])]
  const beginning = { height: one.header.height - 1, time: timeFromMs(founded.genesis.time) }
  const common = sharedOf(crypto, sides) ?? { header: beginning, validators: genesisValidators(founded) }
  const attacks = [lightAttack(crypto.sha256, one, two, common), lightAttack(crypto.sha256, two, one, common)] as const
  const shown = {
    kind: about,
    sources: [sides[0].source, sides[1].source],
    height: one.header.height,
    orgs: new Map(founded.genesis.validators.map(({ key, org }) => [key, org])),
    attacks,
  } as const
  return { about, steps, holds: true, shown, trusts: [], witnesses: [] }
}

/** It is written for people, so its form is free: what counts is inside. */
function readSides(file: Uint8Array): Sides | string {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(file))
  } catch {
    return 'the file is no JSON text'
  }
  const { sides: given } = Object(json) as { readonly sides?: unknown }
  if (!Array.isArray(given) || given.length !== 2) return '/sides must be two'
  const sides: Side[] = []
  for (const [at, side] of given.entries()) {
    const { source, chain } = Object(side) as Partial<Given>
    if (typeof source !== 'string' || !Array.isArray(chain)) return `side ${at + 1} has no source or no chain`
    if (chain.length === 0 || chain.length > BLOCKS_MAX) return `side ${at + 1} has ${chain.length} headers`
    const blocks: LightBlock[] = []
    for (const [place, each] of chain.entries()) {
      const block = lightBlockFromJson(each)
      if (!block.ok) return `/sides/${at}/chain/${place}${block.fault.path} ${block.fault.reason}`
      blocks.push(block.value)
    }
    sides.push({ source, chain: blocks })
  }
  return sides as unknown as Sides
}

function brokenIn(crypto: CryptoProvider, founded: Founded, sides: Sides): Broken | undefined {
  const shared = sharedOf(crypto, sides)
  const [one, two] = sides.map(({ chain }) => sideFault(crypto, founded, chain, shared))
  if (one !== undefined) return { step: 'sideOne', reason: one }
  if (two !== undefined) return { step: 'sideTwo', reason: two }
  const [a, b] = [newestOf(sides[0]).header, newestOf(sides[1]).header]
  const [lower, higher] = a.height <= b.height ? [a, b] : [b, a]
  const clash = a.height === b.height ? !same(crypto, a, b) : compareTimes(lower.time, higher.time) >= 0
  return clash ? undefined : { step: 'apart', reason: 'the two histories do not contradict each other' }
}

/** The header both begin with; none where they have parted at the first. */
function sharedOf(crypto: CryptoProvider, [{ chain: one }, { chain: two }]: Sides): LightBlock | undefined {
  const [first, other] = [one[0] as LightBlock, two[0] as LightBlock]
  return same(crypto, first.header, other.header) ? first : undefined
}

/** Was each header signed by validators that the one before leads to? Without a shared header, by those of the genesis file. */
function sideFault(
  crypto: CryptoProvider,
  founded: Founded,
  chain: readonly LightBlock[],
  shared: LightBlock | undefined,
): string | undefined {
  let anchor: Anchor = { validators: shared?.validators ?? genesisValidators(founded) }
  for (const [place, block] of chain.entries()) {
    const fault = verifyLink(crypto, engineChainId(founded), anchor, block)
    if (fault !== undefined) return `/chain/${place} ${fault.reason}`
    anchor = block
  }
  return undefined
}

/** Does the genesis file name the validators of the first header? If not, the reader must know it from elsewhere. */
function isFounded({ sha256 }: CryptoProvider, founded: Founded, [{ chain }]: Sides): boolean {
  const { validatorsHash: named } = (chain[0] as LightBlock).header
  return equalBytes(named, validatorsHash(sha256, genesisValidators(founded)))
}

const same = ({ sha256 }: CryptoProvider, a: Header, b: Header): boolean =>
  equalBytes(headerHash(sha256, a), headerHash(sha256, b))

function comparedOf({ sha256 }: CryptoProvider, sides: Sides, name: StepName): readonly Compared[] {
  const side = name === 'sideOne' ? sides[0] : name === 'sideTwo' ? sides[1] : undefined
  const hash = ({ header }: LightBlock): string => toHex(headerHash(sha256, header))
  if (side !== undefined) {
    return [
      { word: 'source', stated: side.source },
      { word: 'way', stated: side.chain.map(({ header }) => header.height).join(' → ') },
      { word: 'header', stated: hash(newestOf(side)) },
    ]
  }
  if (name !== 'apart') return []
  const [one, two] = [newestOf(sides[0]), newestOf(sides[1])]
  return [
    { word: 'heights', stated: `${one.header.height} · ${two.header.height}` },
    { word: 'header', stated: hash(one), computed: hash(two) },
  ]
}

const newestOf = ({ chain }: Side): LightBlock => chain.at(-1) as LightBlock
