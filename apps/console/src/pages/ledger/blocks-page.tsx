import { useNavigate } from 'react-router'
import { Button } from 'antd'
import { usePages } from '../../api/lists.ts'
import { useWords } from '../../i18n/words.ts'
import { DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { ledgerWords } from './ledger-words.ts'

interface BlockRow {
  readonly height: number
  readonly time: number
  readonly firstIndex: number
  readonly receipts: number
}

/** Blocks that recorded something, the newest first. */
export function Component() {
  const say = useWords(ledgerWords)
  const go = useNavigate()
  const { rows, error, hasMore, isReading, more } = usePages<BlockRow>('blocks', {})
  return (
    <LedgerFrame lead={say('blocks.lead')}>
      {error !== null && rows === undefined ? (
        <Empty title={say('lists.failed')}>{say('lists.failed.why')}</Empty>
      ) : rows?.length === 0 ? (
        <Empty title={say('blocks.empty')}>{say('blocks.empty.why')}</Empty>
      ) : rows === undefined ? null : (
        <>
          <DenseTable
            label={say('tab.blocks')}
            rows={rows}
            rowKey={({ height }) => String(height)}
            heightMax={640}
            onEnd={more}
            onOpen={({ height }) => void go(`/ledger/blocks/${height}`)}
            columns={[
              { key: 'height', title: say('column.height'), align: 'right', width: 120, cell: ({ height }) => height },
              { key: 'time', title: say('column.time'), cell: ({ time }) => <Instant atMs={time} seconds /> },
              {
                key: 'receipts',
                title: say('column.receipts'),
                align: 'right',
                width: 120,
                cell: ({ receipts }) => receipts,
              },
              {
                key: 'first',
                title: say('column.first'),
                align: 'right',
                width: 140,
                cell: ({ firstIndex }) => firstIndex,
              },
            ]}
          />
          <div className="below-table">
            {hasMore ? (
              <Button onClick={more} loading={isReading}>
                {say('more')}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </LedgerFrame>
  )
}
