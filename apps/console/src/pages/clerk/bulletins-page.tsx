import type { Bulletin } from '@dujiang/market'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { type ClearedSession, useBulletins, useClearedSessions } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { useResultColumns } from '../../market/result-columns.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { bulletinWords } from './bulletin-words.ts'
import { clerkWords } from './clerk-words.ts'
import { nextStep, toneOfStep } from './next-step.ts'

export function Component() {
  const say = useWords(bulletinWords)
  return (
    <Page title={say('list.title')} lead={say('list.lead')}>
      <ForRoles roles={['exchange']}>
        <Bulletins />
      </ForRoles>
    </Page>
  )
}

interface Row extends ClearedSession {
  readonly bulletin: Bulletin | undefined
}

function Bulletins() {
  const say = useWords(bulletinWords)
  const next = useWords(clerkWords)
  const results = useResultColumns<Row>({ volume: say('col.volume'), average: say('col.average') })
  const narrow = useNarrow()
  const go = useNavigate()
  const nowMs = useMarketNow()
  const rows = useBulletinRows()
  if (rows === undefined) return <Unread />
  if (rows.length === 0) return <Empty title={say('list.empty')}>{say('list.empty.why')}</Empty>
  const columns: Column<Row>[] = [
    { key: 'session', title: say('col.session'), cell: ({ session }) => <strong>{session.id}</strong> },
    { key: 'state', title: say('col.state'), cell: ({ session }) => <SessionChip session={session} /> },
    ...results,
    { key: 'number', title: say('col.number'), cell: ({ bulletin }) => bulletin?.number },
    { key: 'prepared', title: say('col.prepared'), cell: ({ bulletin }) => bulletin?.preparedBy },
    { key: 'approved', title: say('col.approved'), cell: ({ bulletin }) => bulletin?.approvedBy },
    {
      key: 'next',
      title: next('col.next'),
      cell: ({ session, bulletin }) => {
        const step = nextStep({ session, bulletin, tally: undefined, change: undefined }, nowMs)
        return <Chip tone={toneOfStep(step)}>{next(`next.${step}`)}</Chip>
      },
    },
  ]
  return (
    <DenseTable
      label={say('list.title')}
      rows={rows}
      rowKey={({ session }) => session.id}
      columns={narrow ? columns.filter(({ key }) => ['session', 'state', 'next'].includes(key)) : columns}
      onOpen={({ session }) => void go(`/bulletins/${session.id}`)}
    />
  )
}

function useBulletinRows(): readonly Row[] | undefined {
  const cleared = useClearedSessions()
  const bulletins = useBulletins()
  return useMemo(() => {
    if (cleared === undefined || bulletins === undefined) return undefined
    const bulletinOf = new Map(bulletins.map((bulletin) => [bulletin.id, bulletin]))
    return cleared.map((each) => ({ ...each, bulletin: bulletinOf.get(each.session.id) }))
  }, [cleared, bulletins])
}
