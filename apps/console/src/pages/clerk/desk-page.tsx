import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useLedger } from '../../api/ledger.tsx'
import { useBulletins, usePreparedChanges, useSessions, useTallies } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { GoButton } from '../../app/go-button.tsx'
import { useWords } from '../../i18n/words.ts'
import { GateCountdown, useMarketNow } from '../../market/gate-countdown.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { clerkWords } from './clerk-words.ts'
import { type Standing, nextStep, toneOfStep } from './next-step.ts'

export function Component() {
  const say = useWords(clerkWords)
  return (
    <Page
      title={say('desk.title')}
      lead={say('desk.lead')}
      actions={
        <>
          <GoButton to="/recorded">{say('desk.recorded')}</GoButton>
          <GoButton to="/desk/announce" primary>
            {say('desk.announce')}
          </GoButton>
        </>
      }
    >
      <ForRoles roles={['exchange']}>
        <Desk />
      </ForRoles>
    </Page>
  )
}

type Row = Standing & { readonly id: string }

function Desk() {
  const say = useWords(clerkWords)
  const rows = useStandings()
  const [params, setParams] = useSearchParams()
  const all = params.get('show') === 'all'
  if (rows === undefined) return <Unread />
  if (rows.length === 0) return <Empty title={say('desk.empty')}>{say('desk.empty.why')}</Empty>
  const going = rows.filter(({ session: { status } }) => status !== 'published' && status !== 'voided')
  const shown = all ? rows : going
  return (
    <>
      <div className="choices">
        <Segmented
          aria-label={say('show.label')}
          value={all ? 'all' : 'going'}
          options={[
            { value: 'going', label: `${say('show.going')} ${going.length}` },
            { value: 'all', label: `${say('show.all')} ${rows.length}` },
          ]}
          onChange={(chosen) => setParams(chosen === 'all' ? { show: 'all' } : {}, { replace: true })}
        />
      </div>
      {shown.length === 0 ? <p className="muted">{say('show.none')}</p> : <Sessions rows={shown} />}
    </>
  )
}

/** The sessions of the own organisation, the one whose gate comes last first. */
function useStandings(): readonly Row[] | undefined {
  const { identity } = useLedger()
  const sessions = useSessions()
  const tallies = useTallies()
  const bulletins = useBulletins()
  const changes = usePreparedChanges()
  return useMemo(() => {
    if (sessions === undefined || tallies === undefined || bulletins === undefined || changes === undefined) return
    const of = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((each) => [each.id, each]))
    const [tally, bulletin, change] = [of(tallies), of(bulletins), of(changes)] as const
    return sessions
      .filter(({ org }) => org === identity?.org)
      .map((session) => {
        const { id } = session
        return { id, session, tally: tally.get(id), bulletin: bulletin.get(id), change: change.get(id) }
      })
      .sort((a, b) => b.session.gateMs - a.session.gateMs)
  }, [sessions, tallies, bulletins, changes, identity])
}

function Sessions({ rows }: { readonly rows: readonly Row[] }) {
  const say = useWords(clerkWords)
  const go = useNavigate()
  const narrow = useNarrow()
  const columns: Column<Row>[] = [
    {
      key: 'session',
      title: say('col.session'),
      cell: ({ id, session }) => (
        <>
          <strong>{id}</strong> {narrow ? null : <span className="muted">{session.name}</span>}
        </>
      ),
    },
    {
      key: 'state',
      title: say('col.state'),
      width: narrow ? 92 : 104,
      cell: ({ session }) => <SessionChip session={session} />,
    },
    {
      key: 'gate',
      title: say('col.gate'),
      width: 136,
      cell: ({ session }) => <Instant atMs={session.gateMs} />,
    },
    {
      key: 'left',
      title: say('col.left'),
      width: 176,
      cell: ({ session }) => <GateCountdown session={session} />,
    },
    {
      key: 'tally',
      title: say('col.tally'),
      width: 118,
      align: 'right',
      cell: ({ tally }) => (tally === undefined ? '—' : `${tally.submitted} / ${tally.invited}`),
    },
    { key: 'next', title: say('col.next'), width: narrow ? 110 : 148, cell: (row) => <Next row={row} /> },
  ]
  const shown = narrow ? columns.filter(({ key }) => ['session', 'state', 'next'].includes(key)) : columns
  return (
    <DenseTable
      label={say('desk.table')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={shown}
      onOpen={({ id }) => void go(`/desk/${id}`)}
    />
  )
}

function Next({ row }: { readonly row: Row }) {
  const say = useWords(clerkWords)
  const step = nextStep(row, useMarketNow())
  return <Chip tone={toneOfStep(step)}>{say(`next.${step}`)}</Chip>
}
