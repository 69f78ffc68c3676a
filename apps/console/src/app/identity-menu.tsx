import { Button, Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import { useOrg } from '../api/roles.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { signOut, useIdentity } from '../keys/identity.ts'
import { forgetSample } from '../keys/sample.ts'

export function IdentityMenu() {
  const say = useWords(shellWords)
  const signedIn = useIdentity()
  const org = useOrg()
  const go = useNavigate()
  if (signedIn === undefined) {
    return (
      <Button type="primary" onClick={() => void go('/identity')}>
        {say('identity.sign.in')}
      </Button>
    )
  }
  const items = [
    { key: 'switch', label: say('identity.switch') },
    { key: 'out', label: say('identity.sign.out') },
  ]
  const choose = ({ key }: { key: string }): void => {
    if (key === 'switch') return void go('/identity')
    forgetSample()
    signOut()
  }
  return (
    <Dropdown menu={{ items, onClick: choose }} trigger={['click']}>
      <Button className="who" title={signedIn.sample ? say('identity.sample') : undefined}>
        <span>{org?.name ?? signedIn.identity.org}</span>
      </Button>
    </Dropdown>
  )
}
