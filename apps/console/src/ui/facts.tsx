import type { ReactNode } from 'react'

/** Names and values, side by side. @example <Facts rows={[[say('gate'), <Instant atMs={gateMs} />]]} /> */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value], at) => (
        // The rows of a page are always the same ones.
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
