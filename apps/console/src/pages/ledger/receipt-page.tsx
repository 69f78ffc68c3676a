import type { Committed } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { Link, useParams } from 'react-router'
import { useReceipt, useRow } from '../../api/queries.ts'
import { useSentBody } from '../../api/sent-act.ts'
import { useWords } from '../../i18n/words.ts'
import { OrderTable } from '../../market/order-table.tsx'
import { RefusalNote } from '../../market/refusal-note.tsx'
import { Unread } from '../../market/unread.tsx'
import type { OrderPayload, Session } from '@dujiang/market'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/page.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { ledgerWords } from './ledger-words.ts'
import { ActName, Decision } from './receipts-table.tsx'
import { Value } from './value.tsx'
import { VerifyHere } from './verify-here.tsx'

/** One act or what fell due: who asked for what, how it was decided, what it changed, and the proof. */
export function Component() {
  const say = useWords(ledgerWords)
  const { id = '' } = useParams()
  const { data: committed, error } = useReceipt(id)
  return (
    <LedgerFrame title={say('receipt.title', { id: id.slice(0, 12) })}>
      {committed === null ? <Empty title={say('receipt.unknown')}>{say('receipt.unknown.why')}</Empty> : null}
      {committed ? <Parts committed={committed} /> : null}
      {committed === undefined ? <Unread error={error} /> : null}
    </LedgerFrame>
  )
}

function Parts({ committed }: { readonly committed: Committed }) {
  const say = useWords(ledgerWords)
  const { receipt, events, id, sentence } = committed
  const { refusal } = receipt
  const body = useSentBody(id, receipt.kind === 'act' ? receipt.height : undefined)
  return (
    <>
      <Facts
        rows={[
          [say('column.act'), <ActName key="a" act={receipt.act} />],
          [say('column.org'), <OrgLink key="o" org={receipt.org} />],
          [say('column.decision'), <Decision key="d" committed={committed} />],
          [say('column.time'), <Instant key="t" atMs={receipt.time} seconds />],
          [
            say('column.height'),
            <Link key="h" to={`/ledger/blocks/${receipt.height}`}>
              {receipt.height}
            </Link>,
          ],
          [say('column.index'), receipt.index],
          [
            say('receipt.state'),
            <Chip key="s" tone={committed.state === 'provable' ? 'good' : 'plain'}>
              {say(`receipt.${committed.state}`)}
            </Chip>,
          ],
          [say('receipt.id'), <HashText key="i" value={id} />],
          ...(body ? [[say('receipt.by.key'), <HashText key="k" value={body.key} />] as const] : []),
        ]}
      />
      {refusal === undefined ? null : (
        <Section title={say('refused')}>
          <RefusalNote
            why={{
              name: refusal.name,
              zh: sentence?.zh ?? refusal.name,
              en: sentence?.en ?? refusal.name,
              retry: sentence?.retry ?? false,
              facts: refusal.facts,
              onRecord: true,
            }}
          />
        </Section>
      )}
      {body ? (
        <Section
          title={say('receipt.asked')}
          actions={
            receipt.act.startsWith('auction.order.') ? <Link to={`/orders/${id}`}>{say('receipt.sheet')}</Link> : null
          }
        >
          <Asked payload={body.payload} />
        </Section>
      ) : null}
      <Section title={say('receipt.events')}>
        {events.length === 0 ? <p className="muted">{say('receipt.no.events')}</p> : null}
        {events.map(({ name, data }, at) => (
          <div className="ledger-event" key={`${name}/${at}`}>
            <h3 className="mono">{name}</h3>
            <Value value={data} />
          </div>
        ))}
      </Section>
      <VerifyHere id={id} isProvable={committed.state === 'provable'} />
    </>
  )
}

function OrgLink({ org }: { readonly org: string | undefined }) {
  const { data } = useRow<{ readonly name: string }>(org === undefined ? undefined : `members/org/${org}`)
  if (org === undefined) return <>—</>
  return (
    <Link to={`/ledger/orgs/${org}`}>
      {data?.name ?? org} <span className="muted">{org}</span>
    </Link>
  )
}

/** An order is set as a table of its periods; any other act field by field. */
function Asked({ payload }: { readonly payload: { readonly [field: string]: Json } }) {
  const session = typeof payload['session'] === 'string' ? payload['session'] : undefined
  const isOrder = Array.isArray(payload['volumesWh']) && Array.isArray(payload['prices'])
  const { data } = useRow<Session>(isOrder && session !== undefined ? `auction/session/${session}` : undefined)
  if (!isOrder || !data) return <Value value={payload} />
  const { volumesWh: _volumes, prices: _prices, periods: _periods, ...rest } = payload
  return (
    <>
      <Value value={rest} />
      <div className="ledger-nested">
        <OrderTable order={payload as unknown as OrderPayload} periods={data.periods} />
      </div>
    </>
  )
}
