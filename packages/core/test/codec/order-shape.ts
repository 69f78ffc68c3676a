import { encodeCanonicalBytes, type Of, s } from '../../src/codec/index.ts'

const words = { zh: '字段', en: 'Field' }

function curve(max: number, unit: string) {
  return s.list(s.int(0, max, { ...words, unit }), { min: 1, max: 96 }, words)
}

/** The shape of a 24-period offer as it is signed: what the codec reads most. */
export const orderSchema = s.object(
  {
    act: s.literal('submitOffer', words),
    chain: s.hex(32, words),
    expires: s.int(0, Number.MAX_SAFE_INTEGER, words),
    org: s.id(words),
    payload: s.object(
      {
        deliveryDay: s.date(words),
        direction: s.enumOf(['buy', 'sell'], words),
        priceMilliFenPerMwh: curve(1_000_000_000, 'milli-fen/MWh'),
        product: s.union(
          'kind',
          [
            s.object({ kind: s.literal('block', words), allOrNothing: s.bool(words) }, words),
            s.object({ kind: s.literal('curve', words), ramp: s.optional(s.int(0, 100, words)) }, words),
          ],
          words,
        ),
        volumeWh: curve(10_000_000_000_000, 'Wh'),
      },
      words,
    ),
    ref: s.text(64, words),
    sequence: s.int(1, Number.MAX_SAFE_INTEGER, words),
    v: s.int(1, 1_000, words),
  },
  { ...words, title: 'Offer' },
)

export const order: Of<typeof orderSchema> = {
  act: 'submitOffer',
  chain: '9f'.repeat(32),
  expires: 1_764_000_000_000,
  org: 'plant.ertan-01',
  payload: {
    deliveryDay: '2026-01-02',
    direction: 'sell',
    priceMilliFenPerMwh: Array.from({ length: 24 }, (_, hour) => 35_025_000 + hour * 1_000),
    product: { kind: 'curve', ramp: 20 },
    volumeWh: Array.from({ length: 24 }, (_, hour) => 1_500_000_000 + hour * 1_000_000),
  },
  ref: '二滩 A/17 "早"',
  sequence: 1_234_567,
  v: 1,
}

export const orderBytes: Uint8Array = encodeCanonicalBytes(order)
