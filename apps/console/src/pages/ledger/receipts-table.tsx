import type { Committed } from '@dujiang/client'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { type LongList, useActTitles } from '../../api/lists.ts'
import { usePick, useWords } from '../../i18n/words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { Chip } from '../../ui/chip.tsx'
import type { Column } from '../../ui/dense-table.tsx'
import { Instant } from '../../ui/instant.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { ledgerWords } from './ledger-words.ts'

interface ReceiptsTableProps {
  readonly label: string
  readonly list: LongList<Committed>
}

/** Receipts, the newest first; pressed, one is opened. */
export function ReceiptsTable({ label, list }: ReceiptsTableProps) {
  const go = useNavigate()
  const columns = useColumns()
  return (
    <div className="receipts">
      <LongTable
        label={label}
        list={list}
        rowKey={({ receipt }) => String(receipt.index)}
        columns={columns}
        heightMax={640}
        onOpen={({ id }) => void go(`/ledger/receipts/${id}`)}
      />
    </div>
  )
}

/** What a cell needs to know is asked for once: a cell that asked for itself would in every row that comes in sight. */
function useColumns(): readonly Column<Committed>[] {
  const say = useWords(ledgerWords)
  const nameOf = useNameOfAct()
  const orgOf = useNameOfOrg()
  const isNarrow = useNarrow()
  return useMemo(() => {
    const all: readonly Column<Committed>[] = [
      { key: 'index', title: say('column.index'), align: 'right', width: 84, cell: ({ receipt }) => receipt.index },
      {
        key: 'time',
        title: say('column.time'),
        width: 158,
        cell: ({ receipt }) => <Instant atMs={receipt.time} seconds />,
      },
      { key: 'act', title: say('column.act'), cell: ({ receipt }) => actName(receipt.act, nameOf, isNarrow) },
      {
        key: 'org',
        title: say('column.org'),
        width: isNarrow ? 104 : 200,
        cell: ({ receipt: { org } }) => <span className="org-name">{org === undefined ? '—' : orgOf(org)}</span>,
      },
      {
        key: 'decision',
        title: say('column.decision'),
        width: isNarrow ? 92 : 190,
        cell: (row) => decision(row, say, isNarrow),
      },
      { key: 'height', title: say('column.height'), align: 'right', width: 84, cell: ({ receipt }) => receipt.height },
      {
        key: 'id',
        title: say('column.id'),
        width: 116,
        cell: ({ id }) => <span className="mono">{id.slice(0, 12)}</span>,
      },
    ]
    return isNarrow ? NARROW.flatMap((key) => all.filter((column) => column.key === key)) : all
  }, [say, nameOf, orgOf, isNarrow])
}

/** What a phone shows: the decision is in sight however long the names are, and the act takes what is left. */
const NARROW = ['act', 'decision', 'org']

/** What falls due is no act, and stands in no catalogue of them. */
const dueTitles: ReadonlyMap<string, { readonly zh: string; readonly en: string }> = new Map([
  ['auction.gate', { zh: '闭市', en: 'Gate' }],
  ['chain.misbehaviour', { zh: '验证人过错', en: 'Fault of a validator' }],
])

type NameOf = (act: string) => string | undefined

function useNameOfAct(): NameOf {
  const pick = usePick()
  const titles = useActTitles()
  return useMemo(
    () => (act) => {
      const title = titles.get(act) ?? dueTitles.get(act)
      return title && pick(title)
    },
    [pick, titles],
  )
}

/** What an act is called, with its permanent name. */
export function ActName({ act }: { readonly act: string }) {
  return actName(act, useNameOfAct(), useNarrow())
}

function actName(act: string, nameOf: NameOf, isNarrow: boolean) {
  const name = nameOf(act)
  if (name === undefined) return <span className="mono">{act}</span>
  return (
    <span className="act-name">
      {name} {isNarrow ? null : <small className="mono">{act}</small>}
    </span>
  )
}

export function Decision({ committed }: { readonly committed: Committed }) {
  return decision(committed, useWords(ledgerWords), useNarrow())
}

type SayLedger = ReturnType<typeof useWords<(typeof ledgerWords)['keys'][number]>>

function decision({ receipt }: Committed, say: SayLedger, isNarrow: boolean) {
  if (receipt.code !== 0) {
    return (
      <>
        <Chip tone="bad">{say('refused')}</Chip>
        {isNarrow ? null : <code> {receipt.refusal?.name}</code>}
      </>
    )
  }
  return receipt.kind === 'due' ? <Chip tone="accent">{say('due')}</Chip> : <Chip tone="good">{say('accepted')}</Chip>
}
