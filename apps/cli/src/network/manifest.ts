import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Json, type Of, compile, s } from '@dujiang/core/codec'
import { ROLES } from '@dujiang/market'
import { networkRules } from '@dujiang/testing/province'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { readPublicPart } from '../keys/key-file.ts'

const personShape = s.object({
  /** A key file of `dujiang keys new`, or what `dujiang keys show` prints of one; relative to the manifest. */
  file: s.text(400, undefined, 1),
  person: s.id(),
})

const shownShape = s.object({
  file: s.text(1_000),
  key: s.hex(16),
  org: s.id(),
  publicKey: s.text(130),
  scheme: s.enumOf(['sm2', 'ed25519']),
})
const shownSchema = compile(shownShape)

const manifestShape = s.object({
  /** Who may admit whom. This, members and rules are left out where a pilot is followed: they are in its state. */
  admits: s.optional(
    s.list(s.object({ admits: s.list(s.enumOf([...ROLES]), { min: 0, max: 20 }), role: s.enumOf([...ROLES]) }), {
      min: 0,
      max: 20,
    }),
  ),
  domain: s.optional(s.id()),
  /** Days for which the members' keys are good, ten years unless told. */
  keyDays: s.optional(s.int(1, 36_600)),
  members: s.optional(
    s.list(
      s.object({
        name: s.text(100, undefined, 1),
        org: s.id(),
        people: s.list(personShape, { min: 1, max: 100 }),
        roles: s.list(s.enumOf([...ROLES]), { min: 1, max: ROLES.length }),
      }),
      { min: 1, max: 200 },
    ),
  ),
  name: s.text(100, undefined, 1),
  /** Voting power by organisation, even; 10 each unless told. */
  powers: s.optional(s.list(s.object({ org: s.id(), power: s.int(1, 1_000_000) }), { min: 0, max: 100 })),
  /** The sample's founding rule-set by its name, or one of the members' own. */
  rules: s.optional(
    s.union('from', [
      s.object({ from: s.literal('sample') }),
      s.object({ from: s.literal('own'), document: s.text(400), name: s.id(), values: s.anyObject() }),
    ]),
  ),
  /** UTC, such as 2026-12-01T00:00:00Z: the same for all, or each would found another ledger. */
  time: s.text(40, undefined, 1),
})
const manifestSchema = compile(manifestShape)

type Manifest = Of<typeof manifestShape>

/** What a manifest founds, as the genesis file carries it. */
export interface Founding {
  readonly name: string
  readonly domain: string
  readonly timeMs: number
  readonly powers: Readonly<Record<string, number>>
  /** The Application's section; undefined where members or rules are left out. */
  readonly state: Json | undefined
}

const DAY_MS = 86_400_000
const KEY_DAYS = 3_650
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/

/** Reads a manifest with the key files it names. */
export async function readManifest(path: string): Promise<Founding> {
  const manifest = parse(path, await readFile(path, 'utf8').catch(unreadable(path)))
  const { name, domain = 'public', powers = [], time, keyDays = KEY_DAYS } = manifest
  const timeMs = INSTANT.test(time) ? Date.parse(time) : Number.NaN
  if (Number.isNaN(timeMs)) throw wrong(path, `/time: ${time}`)
  return {
    name,
    domain,
    timeMs,
    powers: Object.fromEntries(powers.map(({ org, power }) => [org, power])),
    state: stateOf(path, manifest, { fromMs: timeMs, untilMs: timeMs + keyDays * DAY_MS }),
  }
}

function stateOf(
  path: string,
  { members, admits, rules }: Manifest,
  span: { readonly fromMs: number; readonly untilMs: number },
): Json | undefined {
  if (members === undefined || admits === undefined || rules === undefined) return undefined
  const founders = members.map(({ people, ...member }) => ({
    ...member,
    keys: people.map(({ person, file }) => ({ person, ...keyIn(path, member.org, file), ...span })),
  }))
  const { from, ...own } = rules
  const state = { members: { founders, admits }, rules: from === 'sample' ? networkRules : own }
  return state as unknown as Json
}

function keyIn(manifestPath: string, org: string, file: string) {
  const path = resolve(dirname(manifestPath), file)
  const key = readPublicPart(path) ?? shownPart(path)
  if (key === undefined) throw new Failure(`${path} 不是密钥文件`, `${path} is not a key file`)
  if (key.org !== org) {
    throw new Failure(`${path} 是 ${key.org} 的密钥，不是 ${org} 的`, `${path} is a key of ${key.org}, not of ${org}`)
  }
  return { scheme: key.scheme, publicKey: key.publicKey }
}

/** What `dujiang keys show` prints: the file itself need not leave its owner. */
function shownPart(path: string): Of<typeof shownShape> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return shownSchema.explain(value) === undefined ? (value as Of<typeof shownShape>) : undefined
  } catch {
    return undefined
  }
}

function parse(path: string, text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw wrong(path, (cause as Error).message, cause)
  }
  const problem = manifestSchema.explain(value)
  if (problem !== undefined) throw wrong(path, `${problem.path} ${problem.rule}`)
  return value as Manifest
}

const wrong = (path: string, reason: string, cause?: unknown): Failure =>
  new Failure(`${path} 不是组网清单：${reason}`, `${path} is no manifest: ${reason}`, undefined, cause)
