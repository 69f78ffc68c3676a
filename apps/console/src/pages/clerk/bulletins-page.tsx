import type { Bulletin, Result, Session } from '@dujiang/market'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { type Named, useBulletins, useResults, useSessions } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
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

interface Row {
  readonly session: Named<Session>
  readonly result: Result
  readonly bulletin: Bulletin | undefined
}

function Bulletins() {
  const say = useWords(bulletinWords)
  const next = useWords(clerkWords)
  const names = useUnitNames()
  const narrow = useNarrow()
  const go = useNavigate()
  const nowMs = useMarketNow()
  const rows = useClearedSessions()
  if (rows === undefined) return null
  if (rows.length === 0) return <Empty title={say('list.empty')}>{say('list.empty.why')}</Empty>
  const columns: Column<Row>[] = [
    { key: 'session', title: say('col.session'), cell: ({ session }) => <strong>{session.id}</strong> },
    { key: 'state', title: say('col.state'), cell: ({ session }) => <SessionChip session={session} /> },
    {
      key: 'volume',
      title: `${say('col.volume')} ${names.energy}`,
      align: 'right',
      cell: ({ result }) => <Energy wh={result.volumeWh} />,
    },
    {
      key: 'average',
      title: `${say('col.average')} ${names.price}`,
      align: 'right',
      cell: ({ result }) => <Price milliFen={result.averagePrice} digits={2} />,
    },
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

function useClearedSessions(): readonly Row[] | undefined {
  const sessions = useSessions()
  const results = useResults()
  const bulletins = useBulletins()
  return useMemo(() => {
    if (sessions === undefined || results === undefined || bulletins === undefined) return undefined
    return sessions
      .flatMap((session) => {
        const result = results.find(({ id }) => id === session.id)
        return result === undefined
          ? []
          : [{ session, result, bulletin: bulletins.find(({ id }) => id === session.id) }]
      })
      .sort((a, b) => b.session.gateMs - a.session.gateMs)
  }, [sessions, results, bulletins])
}
