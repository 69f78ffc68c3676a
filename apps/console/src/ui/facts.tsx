import type { ReactNode } from 'react'

/** Names and values, side by side. @example <Facts rows={[[say('gate'), <Instant atMs={gateMs} />]]} /> */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
