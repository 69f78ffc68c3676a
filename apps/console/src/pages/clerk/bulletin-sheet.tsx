import type { Bulletin, Org, PeriodResult, Result, Session } from '@dujiang/market'
import { useHasLists, useRow, useStatus } from '../../api/queries.ts'
import { useActsOn, useCheck } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { verifyLink } from '../../market/verify-link.ts'
import type { Asked } from '../../verify/address.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Period } from '../../ui/period.tsx'
import { Qr } from '../../ui/qr.tsx'
import { bulletinWords } from './bulletin-words.ts'

interface SheetProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
  readonly bulletin: Bulletin
}

/** The bulletin as it is printed: one sheet of A4, with what lets anybody verify it. */
export function BulletinSheet({ id, session, result, bulletin }: SheetProps) {
  const say = useWords(bulletinWords)
  const names = useUnitNames()
  const check = useCheck(id)
  const { data: org } = useRow<Org>(`members/org/${session.org}`)
  const { data: checker } = useRow<Org>(check ? `members/org/${check.org}` : undefined)
  const isPublished = session.status === 'published'
  return (
    <article className="sheet bulletin" aria-label={say('sheet.title')}>
      <header>
        <p className="sheet-org">{org?.name ?? session.org}</p>
        <h2>
          {say('sheet.title')} {isPublished ? null : <Chip tone="warn">{say('sheet.draft')}</Chip>}
        </h2>
        <p className="muted">{bulletin.number}</p>
      </header>
      <h3>{session.name}</h3>
      {bulletin.text.split('\n').map((line, at) => (
        <p key={`${at}-${line}`} className="bulletin-text">
          {line}
        </p>
      ))}
      <Facts
        rows={[
          [say('sheet.session'), id],
          [say('sheet.delivery'), `${session.deliveryFrom} – ${session.deliveryTo}`],
          [say('sheet.gate'), <Instant key="g" atMs={session.gateMs} seconds />],
          [say('sheet.volume'), <Energy key="v" wh={result.volumeWh} unit />],
          [say('sheet.average'), <Price key="a" milliFen={result.averagePrice} digits={2} unit />],
          [say('sheet.orders'), `${result.orders} / ${result.units}`],
        ]}
      />
      <h4>
        {say('sheet.periods')}{' '}
        <span className="muted">
          {say('sheet.price')} {names.price} · {say('sheet.amount')} {names.energy}
        </span>
      </h4>
      <div className="bulletin-periods">
        {halves(result.periods).map((half) => (
          <Half key={half[0]?.period} periods={half} of={result.periods.length} />
        ))}
      </div>
      <footer>
        <Facts
          rows={[
            [
              say('sheet.check'),
              check ? (
                <>
                  {say('sheet.check.by', { org: checker?.name ?? check.org, person: check.person })}{' '}
                  <Instant key="c" atMs={check.atMs} /> {check.remark}
                </>
              ) : (
                '—'
              ),
            ],
            [
              say('sheet.prepared'),
              <span key="p">
                {bulletin.preparedBy} <Instant atMs={bulletin.preparedMs} />
              </span>,
            ],
            [say('sheet.approved'), bulletin.approvedBy ?? '—'],
            [say('sheet.result'), <HashText key="r" value={session.result ?? ''} whole />],
            [say('sheet.bulletin'), <HashText key="b" value={bulletin.digest} whole />],
          ]}
        />
        {isPublished ? <Verify id={id} /> : null}
      </footer>
    </article>
  )
}

/**
 * The receipt that published it, or at a node without lists, which finds no receipt, its row of the state; and the chain: what stands
 * on the paper is what a reader pins.
 */
function Verify({ id }: { readonly id: string }) {
  const say = useWords(bulletinWords)
  const { data: status } = useStatus()
  const receipt = useActsOn(id, 'auction.bulletin.approve')?.[0]
  const hasLists = useHasLists()
  const asked: Asked | undefined =
    receipt !== undefined
      ? { kind: 'receipt', id: receipt.id }
      : hasLists === false
        ? { kind: 'row', key: `auction/bulletin/${id}` }
        : undefined
  if (status === undefined || asked === undefined) return <p className="muted">{say('sheet.no.receipt')}</p>
  const link = verifyLink(asked, status.chain)
  return (
    <figure className="bulletin-verify">
      <a href={link}>
        <Qr text={link} label={say('sheet.qr')} />
      </a>
      <figcaption>
        {say('sheet.qr')}
        <br />
        <span className="mono">
          {asked.kind === 'receipt' ? `${say('sheet.receipt')} ${asked.id.slice(0, 16)}…` : asked.key}
          <br />
          {say('sheet.chain')} {status.chain.slice(0, 16)}…
        </span>
      </figcaption>
    </figure>
  )
}

function Half({ periods, of }: { readonly periods: readonly PeriodResult[]; readonly of: number }) {
  const say = useWords(bulletinWords)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">{say('sheet.price')}</th>
          <th scope="col">{say('sheet.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {periods.map(({ period, price, volumeWh }) => (
          <tr key={period}>
            <th scope="row">
              <Period period={period} periods={of} />
            </th>
            <td>
              <Price milliFen={price} digits={2} />
            </td>
            <td>
              <Energy wh={volumeWh} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Two columns, where there are enough periods for them. */
function halves(periods: readonly PeriodResult[]): readonly (readonly PeriodResult[])[] {
  if (periods.length < 8) return [periods]
  const middle = Math.ceil(periods.length / 2)
  return [periods.slice(0, middle), periods.slice(middle)]
}
