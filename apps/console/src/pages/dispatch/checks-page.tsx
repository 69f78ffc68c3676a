import type { Check } from '@dujiang/market'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { type ClearedSession, useChecks, useClearedSessions } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { useResultColumns } from '../../market/result-columns.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { dispatchWords } from './dispatch-words.ts'

export function Component() {
  const say = useWords(dispatchWords)
  return (
    <Page title={say('checks.title')} lead={say('checks.lead')}>
      <ForRoles roles={['dispatcher']}>
        <Checks />
      </ForRoles>
    </Page>
  )
}

interface Row extends ClearedSession {
  readonly check: Check | undefined
}

function Checks() {
  const say = useWords(dispatchWords)
  const rows = useResultsToCheck()
  if (rows === undefined) return <Unread />
  const waiting = rows.filter(({ session: { status } }) => status === 'cleared')
  const done = rows.filter(({ check }) => check !== undefined)
  return (
    <>
      {waiting.length === 0 ? (
        <Empty title={say('checks.empty')}>{say('checks.empty.why')}</Empty>
      ) : (
        <Section title={`${say('waiting.title')} ${waiting.length}`}>
          <Rows rows={waiting} />
        </Section>
      )}
      {done.length === 0 ? null : (
        <Section title={`${say('done.title')} ${done.length}`}>
          <Rows rows={done} />
        </Section>
      )}
    </>
  )
}

function useResultsToCheck(): readonly Row[] | undefined {
  const cleared = useClearedSessions()
  const checks = useChecks()
  return useMemo(() => {
    if (cleared === undefined || checks === undefined) return undefined
    const checkOf = new Map(checks.map((check) => [check.id, check]))
    return cleared.map((each) => ({ ...each, check: checkOf.get(each.session.id) }))
  }, [cleared, checks])
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const say = useWords(dispatchWords)
  const results = useResultColumns<Row>({ volume: say('col.volume'), average: say('col.average') })
  const narrow = useNarrow()
  const go = useNavigate()
  const columns: Column<Row>[] = [
    {
      key: 'session',
      title: say('col.session'),
      cell: ({ session }) => (
        <>
          <strong>{session.id}</strong> {narrow ? null : <SessionChip session={session} />}
        </>
      ),
    },
    {
      key: 'delivery',
      title: say('col.delivery'),
      cell: ({ session }) => `${session.deliveryFrom} – ${session.deliveryTo}`,
    },
    { key: 'gate', title: say('col.gate'), cell: ({ session }) => <Instant atMs={session.gateMs} /> },
    ...results,
    {
      key: 'checked',
      title: say('col.checked'),
      cell: ({ check }) => (check === undefined ? null : <Instant atMs={check.atMs} />),
    },
    { key: 'person', title: say('col.person'), cell: ({ check }) => check?.person },
  ]
  const isDone = rows.some(({ check }) => check !== undefined)
  const shown = columns.filter(({ key }) =>
    narrow ? key === 'session' || key === 'volume' : isDone || (key !== 'checked' && key !== 'person'),
  )
  return (
    <DenseTable
      label={say(isDone ? 'done.title' : 'waiting.title')}
      rows={rows}
      rowKey={({ session }) => session.id}
      columns={shown}
      onOpen={({ session }) => void go(`/checks/${session.id}`)}
    />
  )
}
