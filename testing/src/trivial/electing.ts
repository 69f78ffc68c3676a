import { type ActDefinition, type Application, type Effect, type View, accept } from '@dujiang/chain'
import { compile, s } from '@dujiang/core/codec'
import { fromHex } from '@dujiang/core/crypto'
import { trivialApp } from './app.ts'
import { faultKey, SEAT_PREFIX, seatKey } from './rows.ts'

const shape = compile(s.object({ key: s.hex(32), power: s.int(0, 1_000_000) }))

/** `seat.set`: whoever signs it gives a validator another power, or none. */
const setSeat: ActDefinition = {
  name: 'seat.set',
  version: 1,
  stage: 'session',
  explain: (payload) => shape.explain(payload),
  route: () => ({ stream: 'seats', actor: 'any' }),
  permit: () => undefined,
  decide(_view, { payload }) {
    const { key, power } = payload as unknown as { readonly key: string; readonly power: number }
    return accept(power === 0 ? { kind: 'drop', key: seatKey(key) } : { kind: 'put', key: seatKey(key), value: power })
  },
}

/** The trivial Application with validators in its state, and their faults. */
export function electingApp(): Application {
  const app = trivialApp()
  return {
    ...app,
    act: (name, version) => (name === setSeat.name && version === setSeat.version ? setSeat : app.act(name, version)),
    validators: {
      prefix: SEAT_PREFIX,
      read: (view) => [...seats(view)].map(([key, power]) => ({ publicKey: fromHex(key), power })),
      seat: (view, founders) => [
        ...[...seats(view)].map(([key]): Effect => ({ kind: 'drop', key: seatKey(key) })),
        ...founders.map(({ key, power }): Effect => ({ kind: 'put', key: seatKey(key), value: power })),
      ],
    },
    misbehaved: (view, { kind, address, height }) => [
      { kind: 'put', key: faultKey(address), value: ((view.get(faultKey(address)) as number | undefined) ?? 0) + 1 },
      { kind: 'event', name: 'misbehaved', data: { kind, address, height } },
    ],
  }
}

function* seats(view: View): Iterable<readonly [key: string, power: number]> {
  for (const [key, power] of view.scan(SEAT_PREFIX)) yield [key.slice(SEAT_PREFIX.length), power as number]
}
