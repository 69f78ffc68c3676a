import type { Role } from '@dujiang/market'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useLedger } from '../api/ledger.tsx'
import { useRoles } from '../api/roles.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { marketWords } from '../market/market-words.ts'
import { Empty } from '../ui/empty.tsx'

/** Shows its content to whoever has signed in, and to others how to. */
export function ForMembers({ children }: { readonly children: ReactNode }) {
  const say = useWords(shellWords)
  const { identity, denial } = useLedger()
  const goSignIn = useGoSignIn()
  if (identity !== undefined) return children
  // That the key is not taken, and what to do, stands above every page.
  if (denial !== undefined) return null
  return (
    <Empty
      title={say('sign.in.first')}
      action={
        <Button type="primary" onClick={goSignIn}>
          {say('identity.sign.in')}
        </Button>
      }
    >
      {say('sign.in.first.remedy')}
    </Empty>
  )
}

/** To where one signs in, and back to this page. */
function useGoSignIn(): () => void {
  const go = useNavigate()
  const { pathname, search } = useLocation()
  return () => void go(`/identity?back=${encodeURIComponent(pathname + search)}`)
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
  const goSignIn = useGoSignIn()
  if (mine === undefined) return <p className="muted">{say('loading')}</p>
  if (mine.some((role) => roles.includes(role))) return children
  return (
    <Empty
      title={say('role.needed', { roles: roles.map((role) => name(`role.${role}`)).join(' / ') })}
      action={<Button onClick={goSignIn}>{say('identity.switch')}</Button>}
    >
      {say('role.needed.remedy', { org: identity?.org ?? '' })}
    </Empty>
  )
}
