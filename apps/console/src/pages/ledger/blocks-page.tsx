import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useLongList } from '../../api/lists.ts'
import { useHasLists } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { NoLists } from '../../market/no-lists.tsx'
import { Unread } from '../../market/unread.tsx'
import type { Column } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { ledgerWords } from './ledger-words.ts'

interface BlockRow {
  readonly height: number
  readonly time: number
  readonly firstIndex: number
  readonly receipts: number
}

const ALL = {}

/** Blocks that recorded something, the newest first. */
export function Component() {
  const say = useWords(ledgerWords)
  const go = useNavigate()
  const list = useLongList<BlockRow>('blocks', ALL)
  const columns = useColumns()
  return (
    <LedgerFrame lead={say('blocks.lead')}>
      {useHasLists() === false ? (
        <NoLists />
      ) : list.error !== null && list.count === undefined ? (
        <Empty title={say('lists.failed')}>{say('lists.failed.why')}</Empty>
      ) : list.count === 0 ? (
        <Empty title={say('blocks.empty')}>{say('blocks.empty.why')}</Empty>
      ) : list.count === undefined ? (
        <Unread />
      ) : (
        <LongTable
          label={say('tab.blocks')}
          list={list}
          rowKey={({ height }) => String(height)}
          heightMax={640}
          onOpen={({ height }) => void go(`/ledger/blocks/${height}`)}
          columns={columns}
        />
      )}
    </LedgerFrame>
  )
}

function useColumns(): readonly Column<BlockRow>[] {
  const say = useWords(ledgerWords)
  return useMemo(
    () => [
      { key: 'height', title: say('column.height'), align: 'right', width: 120, cell: ({ height }) => height },
      { key: 'time', title: say('column.time'), cell: ({ time }) => <Instant atMs={time} seconds /> },
      { key: 'receipts', title: say('column.receipts'), align: 'right', width: 120, cell: ({ receipts }) => receipts },
      { key: 'first', title: say('column.first'), align: 'right', width: 140, cell: ({ firstIndex }) => firstIndex },
    ],
    [say],
  )
}
