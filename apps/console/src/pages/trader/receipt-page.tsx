import type { Committed } from '@dujiang/client'
import type { OrderPayload } from '@dujiang/market'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { useReceipt, useRow, useStatus } from '../../api/queries.ts'
import { useSentBody } from '../../api/sent-act.ts'
import { useSession } from '../../api/sessions.ts'
import { totalsOf } from '../../forms/order/totals.ts'
import { usePick, useWords } from '../../i18n/words.ts'
import { OrderTable } from '../../market/order-table.tsx'
import { SideChip } from '../../market/side-chip.tsx'
import { useNameOfUnit } from '../../market/unit-name.ts'
import { Unread } from '../../market/unread.tsx'
import { verifyLink } from '../../market/verify-link.ts'
import { Energy, Price } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Qr } from '../../ui/qr.tsx'
import { receiptWords } from './receipt-words.ts'

/** The receipt of an order (申报回执), made to be printed: what was asked, what was decided, where it stands, how to check it. */
export function Component() {
  const say = useWords(receiptWords)
  const { id = '' } = useParams()
  const { data: committed, error } = useReceipt(id)
  return (
    <Page
      title={say('title')}
      actions={
        committed ? (
          <>
            <Link className="button plain" to={`/ledger/receipts/${id}`}>
              {say('in.ledger')}
            </Link>
            <Button onClick={() => window.print()}>{say('print')}</Button>
          </>
        ) : null
      }
    >
      {committed === null ? <Empty title={say('unknown')}>{say('unknown.why')}</Empty> : null}
      {committed ? <Receipt committed={committed} /> : null}
      {committed === undefined ? <Unread error={error} /> : null}
    </Page>
  )
}

type OrderAct = OrderPayload & { readonly order?: string }

function Receipt({ committed }: { readonly committed: Committed }) {
  const say = useWords(receiptWords)
  const pick = usePick()
  const { receipt, sentence, id } = committed
  const { data: status } = useStatus()
  const body = useSentBody(id, receipt.height)
  const asked = body?.payload as OrderAct | undefined
  const accepted = receipt.code === 0
  return (
    <div className="receipt">
      <div className="receipt-head">
        <div>
          <p className="receipt-verdict">
            <Chip tone={accepted ? 'good' : 'bad'}>{say(accepted ? 'accepted' : 'declined')}</Chip>
            <Chip tone={committed.state === 'provable' ? 'good' : 'plain'}>{say(committed.state)}</Chip>
          </p>
          {sentence === undefined ? null : <p>{pick(sentence)}</p>}
          <Facts
            rows={[
              [say('id'), <HashText key="i" value={id} whole />],
              [say('act'), say(actWord(receipt.act))],
              [say('org'), <OrgName key="o" org={receipt.org ?? ''} />],
              ...(body ? ([[say('key'), <HashText key="k" value={body.key} whole />]] as const) : []),
              [say('time'), <Instant key="t" atMs={receipt.time} seconds />],
              [say('height'), String(receipt.height)],
              [say('index'), String(receipt.index)],
              [say('events'), <HashText key="e" value={receipt.events} whole />],
            ]}
          />
        </div>
        {status === undefined ? null : (
          <figure className="receipt-qr">
            <Qr text={verifyLink({ kind: 'receipt', id }, status.chain)} label={say('qr')} />
            <figcaption className="muted">{say('qr')}</figcaption>
          </figure>
        )}
      </div>
      {asked === undefined ? null : <Asked asked={asked} />}
      <p className="muted receipt-foot">{say('foot')}</p>
    </div>
  )
}

function actWord(act: string) {
  if (act === 'auction.order.replace') return 'act.replace'
  return act === 'auction.order.cancel' ? 'act.cancel' : 'act.submit'
}

function OrgName({ org }: { readonly org: string }) {
  const { data } = useRow<{ readonly name: string }>(org === '' ? undefined : `members/org/${org}`)
  return (
    <>
      {data?.name ?? org} <span className="muted">{org}</span>
    </>
  )
}

function Asked({ asked }: { readonly asked: OrderAct }) {
  const say = useWords(receiptWords)
  const session = useSession(asked.session)
  const nameOf = useNameOfUnit()
  const totals = asked.volumesWh === undefined ? undefined : totalsOf(asked)
  return (
    <Section title={say('asked')}>
      <Facts
        rows={[
          [
            say('session'),
            <Link key="s" to={`/sessions/${asked.session}`}>
              {session?.name ?? asked.session}
            </Link>,
          ],
          [
            say('unit'),
            <span key="u">
              {nameOf(asked.unit)} <span className="muted">{asked.unit}</span>
            </span>,
          ],
          ...(asked.order === undefined
            ? []
            : ([
                [
                  say('of.order'),
                  <Link key="r" className="mono" to={`/orders/${asked.order}`}>
                    {asked.order.slice(0, 16)}…
                  </Link>,
                ],
              ] as const)),
          ...(totals === undefined
            ? []
            : ([
                [say('side'), <SideChip key="d" side={asked.side as 'sell' | 'buy'} />],
                [say('volume'), <Energy key="v" wh={totals.volumeWh} unit />],
                [say('average'), <Price key="p" milliFen={totals.averagePrice} digits={2} unit />],
              ] as const)),
        ]}
      />
      {totals === undefined || !session ? null : (
        <div className="receipt-order">
          <OrderTable order={asked} periods={session.periods} />
        </div>
      )}
    </Section>
  )
}
