import type { Json } from '@dujiang/core/codec'
import type { ReactNode } from 'react'
import { Energy, Price } from '../../ui/amount.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'

const PRICES = new Set(['averagePrice', 'price', 'priceCap', 'priceFloor', 'tick'])
const HASH = /^[0-9a-f]{32,}$/

/** What an act or an event says, field by field under its permanent name; what is nested as it was signed. */
export function Value({ value }: { readonly value: { readonly [field: string]: Json } }) {
  const fields = Object.entries(value)
  const flat = fields.filter(([, each]) => typeof each !== 'object')
  const nested = Object.fromEntries(fields.filter(([, each]) => typeof each === 'object'))
  return (
    <>
      <Facts rows={flat.map(([name, each]) => [name, readable(name, each)] as const)} />
      {Object.keys(nested).length === 0 ? null : (
        <div className="ledger-nested">
          <pre className="mono" tabIndex={0}>
            {JSON.stringify(nested, null, 1)}
          </pre>
        </div>
      )}
    </>
  )
}

/** The unit is the last part of a field's name. */
function readable(name: string, value: Json): ReactNode {
  if (typeof value === 'number') {
    if (name.endsWith('Ms')) return <Instant atMs={value} seconds />
    if (name.endsWith('Wh')) return <Energy wh={value} unit />
    if (PRICES.has(name)) return <Price milliFen={value} unit />
  }
  if (typeof value === 'string' && HASH.test(value)) return <HashText value={value} />
  return String(value as string | number | boolean)
}
