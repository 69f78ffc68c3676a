import type { KnownNode } from '@dujiang/client'
import { useLocation } from 'react-router'

/** Where the same page stands at other nodes. Keys stay with this address: there one signs in anew. */
export function NodeLinks({ nodes }: { readonly nodes: readonly KnownNode[] }) {
  const { pathname, search } = useLocation()
  return (
    <ul className="node-links">
      {nodes.map(({ org, name, api }) => (
        <li key={org}>
          <a href={api + pathname + search} target="_blank" rel="noreferrer">
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
