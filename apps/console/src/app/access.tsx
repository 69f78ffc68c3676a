import type { Role } from '@dujiang/market'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useLedger } from '../api/ledger.tsx'
import { useRoles } from '../api/roles.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { marketWords } from '../market/market-words.ts'
import { Empty } from '../ui/empty.tsx'

/** Shows its content to whoever has signed in, and to others how to. */
export function ForMembers({ children }: { readonly children: ReactNode }) {
  const say = useWords(shellWords)
  const { identity } = useLedger()
  const go = useNavigate()
  if (identity !== undefined) return children
  return (
    <Empty
      title={say('sign.in.first')}
      action={
        <Button type="primary" onClick={() => void go('/identity')}>
          {say('identity.sign.in')}
        </Button>
      }
    >
      {say('sign.in.first.remedy')}
    </Empty>
  )
}

/** Shows its content to organisations of one of these roles. The ledger refuses the others in any case: this says so before. */
export function ForRoles({ roles, children }: { readonly roles: readonly Role[]; readonly children: ReactNode }) {
  return (
    <ForMembers>
      <Checked roles={roles}>{children}</Checked>
    </ForMembers>
  )
}

function Checked({ roles, children }: { readonly roles: readonly Role[]; readonly children: ReactNode }) {
  const say = useWords(shellWords)
  const name = useWords(marketWords)
  const { identity } = useLedger()
  const mine = useRoles()
  if (mine === undefined) return <p className="muted">{say('loading')}</p>
  if (mine.some((role) => roles.includes(role))) return children
  return (
    <Empty title={say('role.needed', { roles: roles.map((role) => name(`role.${role}`)).join(' / ') })}>
      {say('role.needed.remedy', { org: identity?.org ?? '' })}
    </Empty>
  )
}
