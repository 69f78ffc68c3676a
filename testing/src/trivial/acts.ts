import { type ActDefinition, type Effect, type Signed, type View, type Wake, accept, refuse } from '@dujiang/chain'
import { type Json, compile, s } from '@dujiang/core/codec'
import { trivialRefusal } from './refusals.ts'
import { type Alarm, alarmKey, alarmOf, mutedKey, orgKeyKey, rungKey, rungOf, tallyKey, tallyOf } from './rows.ts'

const instant = s.int(0, Number.MAX_SAFE_INTEGER)
/** A tally is below this; a block that writes a larger one breaks the invariant TALLY-1. */
export const TALLY_END = 1_000_003

/** `tally.mix`: the result depends on the order of the mixing, so a wrong order of execution shows in the state. */
const mix = define<{ readonly tally: string; readonly amount: number }>({
  name: 'tally.mix',
  stage: 'session',
  shape: s.object({ tally: s.id(), amount: s.int(-1_000_000, 1_000_000) }),
  stream: ({ tally }) => tally,
  decide(view, { payload: { tally, amount } }) {
    if (amount < 0) return refuse(trivialRefusal('amountNegative', { amount }))
    const value = (tallyOf(view, tally) * 31 + amount) % TALLY_END
    return accept(put(tallyKey(tally), value), event('mixed', { tally, value }))
  },
})

/** `tally.break`: writes what no rule allows, as a bug in an act would. */
const breakTally = define<{ readonly tally: string }>({
  name: 'tally.break',
  stage: 'session',
  shape: s.object({ tally: s.id() }),
  stream: ({ tally }) => tally,
  decide: (_view, { payload: { tally } }) => accept(put(tallyKey(tally), TALLY_END)),
})

/** `tally.close`: drops a tally; its stream has ended. */
const close = define<{ readonly tally: string }>({
  name: 'tally.close',
  stage: 'session',
  shape: s.object({ tally: s.id() }),
  stream: ({ tally }) => tally,
  decide: (_view, { payload: { tally } }) =>
    accept({ kind: 'drop', key: tallyKey(tally) }, { kind: 'forgetStream', stream: tally }),
})

const onRing = s.object({ does: s.enumOf(['set', 'cancel']), alarm: s.id(), atMs: instant })

/** `alarm.set`: something to fall due; setting it again moves it. */
const setAlarm = define<{ readonly alarm: string } & Alarm>({
  name: 'alarm.set',
  stage: 'session',
  shape: s.object({ alarm: s.id(), atMs: instant, onRing: s.list(onRing, { min: 0, max: 4 }) }),
  stream: () => 'alarms',
  decide(view, { payload: { alarm, atMs, onRing } }) {
    if (atMs <= view.timeMs) return refuse(trivialRefusal('alarmNotLater', { alarm, atMs, timeMs: view.timeMs }))
    return accept(...settingAlarm(view, alarm, { atMs, onRing }))
  },
})

const cancelAlarm = define<{ readonly alarm: string }>({
  name: 'alarm.cancel',
  stage: 'session',
  shape: s.object({ alarm: s.id() }),
  stream: () => 'alarms',
  decide(view, { payload: { alarm } }) {
    if (alarmOf(view, alarm) === undefined) return refuse(trivialRefusal('alarmUnknown', { alarm }))
    return accept(...cancellingAlarm(view, alarm))
  },
})

/** `key.put`: adds a key to the signer's organisation, or ends one by giving it an earlier end. */
const putKey = define<{ readonly id: string; readonly key: Json }>({
  name: 'key.put',
  stage: 'registry',
  shape: s.object({
    id: s.hex(16),
    key: s.object({
      scheme: s.enumOf(['sm2', 'ed25519']),
      publicKey: s.text(130),
      person: s.id(),
      fromMs: instant,
      untilMs: instant,
    }),
  }),
  stream: () => 'keys',
  decide: (_view, { org, payload: { id, key } }) => accept(put(orgKeyKey(org, id), key), event('keyPut', { org, id })),
})

/** `org.mute`: a muted organisation may do nothing but mute and unmute. */
const mute = define<{ readonly org: string; readonly muted: boolean }>({
  name: 'org.mute',
  stage: 'registry',
  shape: s.object({ org: s.id(), muted: s.bool() }),
  stream: () => 'muting',
  evenWhenMuted: true,
  decide: (_view, { payload: { org, muted } }) =>
    accept(muted ? put(mutedKey(org), true) : { kind: 'drop', key: mutedKey(org) }),
})

export const trivialActs: readonly ActDefinition[] = [mix, breakTally, close, setAlarm, cancelAlarm, putKey, mute]

export const RING = 'alarm.ring'

/** What falls due: an alarm rings, and does to others what it was told to. */
export function ring(view: View, alarm: string): readonly Effect[] {
  const effects: Effect[] = [
    put(rungKey(alarm), rungOf(view, alarm) + 1),
    { kind: 'drop', key: alarmKey(alarm) },
    event('rang', { alarm }),
  ]
  for (const { does, alarm: other, atMs } of alarmOf(view, alarm)?.onRing ?? []) {
    effects.push(...(does === 'set' ? settingAlarm(view, other, { atMs, onRing: [] }) : cancellingAlarm(view, other)))
  }
  return effects
}

function settingAlarm(view: View, name: string, alarm: Alarm): Effect[] {
  const row = { atMs: alarm.atMs, onRing: alarm.onRing as unknown as Json }
  return [...cancellingAlarm(view, name), put(alarmKey(name), row), { kind: 'wake', wake: wakeOf(name, alarm.atMs) }]
}

function cancellingAlarm(view: View, name: string): Effect[] {
  const alarm = alarmOf(view, name)
  if (alarm === undefined) return []
  return [
    { kind: 'drop', key: alarmKey(name) },
    { kind: 'cancelWake', wake: wakeOf(name, alarm.atMs) },
  ]
}

const wakeOf = (alarm: string, atMs: number): Wake => ({ atMs, name: RING, key: alarm })
const put = (key: string, value: Json): Effect => ({ kind: 'put', key, value })
const event = (name: string, data: { readonly [field: string]: Json }): Effect => ({ kind: 'event', name, data })

interface TrivialAct<P> {
  readonly name: string
  readonly stage: ActDefinition['stage']
  readonly shape: Parameters<typeof compile>[0]
  readonly evenWhenMuted?: boolean
  stream(payload: P): string
  decide(view: View, act: Omit<Signed, 'payload'> & { readonly payload: P }): ReturnType<ActDefinition['decide']>
}

function define<P>(act: TrivialAct<P>): ActDefinition {
  const shape = compile(act.shape)
  return {
    name: act.name,
    version: 1,
    stage: act.stage,
    explain: (payload) => shape.explain(payload),
    route: (payload, org) => ({ stream: act.stream(payload as P), actor: org }),
    permit: (view, { org }) =>
      act.evenWhenMuted !== true && view.get(mutedKey(org)) !== undefined
        ? trivialRefusal('orgMuted', { org })
        : undefined,
    decide: (view, signed) => act.decide(view, { ...signed, payload: signed.payload as P }),
  }
}
