import type { Session } from '@dujiang/market'
import { formatRatio, ppm } from '@dujiang/core/units'
import { useWords } from '../i18n/words.ts'
import { Term, type TermName } from '../learn/term.tsx'
import { Energy, Price, useUnitNames } from '../ui/amount.tsx'
import { Facts } from '../ui/facts.tsx'
import { Instant } from '../ui/instant.tsx'
import { noticeWords } from './notice-words.ts'

/** Everything a notice fixes, with its session's times as they are now. */
export function NoticeFacts({ id, notice }: { readonly id: string; readonly notice: Omit<Session, 'status'> }) {
  const say = useWords(noticeWords)
  const units = useUnitNames()
  const { announcedGateMs, kPpm, remark } = notice
  const term = (name: TermName, word: Parameters<typeof say>[0]) => (
    <Term key={name} name={name}>
      {say(word)}
    </Term>
  )
  return (
    <>
      <Facts
        rows={[
          [term('session', 'field.session'), id],
          [term('sequence', 'field.sequence'), notice.sequence],
          [say('field.product'), notice.product],
          [say('field.delivery'), `${notice.deliveryFrom} – ${notice.deliveryTo}`],
          [say('field.opensMs'), <Instant key="o" atMs={notice.opensMs} seconds />],
          [term('gate', 'field.gateMs'), <Instant key="g" atMs={notice.gateMs} seconds />],
          ...(announcedGateMs === undefined
            ? []
            : ([[say('field.announcedGateMs'), <Instant key="a" atMs={announcedGateMs} seconds />]] as const)),
          [term('period', 'field.periods'), String(notice.periods)],
          [
            term('cap', 'field.limits'),
            <span key="l">
              <Price milliFen={notice.priceFloor} digits={2} /> – <Price milliFen={notice.priceCap} digits={2} />{' '}
              {units.price}
            </span>,
          ],
          [term('tick', 'field.tick'), <Price key="t" milliFen={notice.tick} unit />],
          [term('lot', 'field.lotWh'), <Energy key="e" wh={notice.lotWh} unit />],
          [term('step', 'field.stepsMax'), String(notice.stepsMax)],
          [say('field.priceRule'), say(`price.${notice.priceRule}`)],
          ...(kPpm === undefined ? [] : ([[say('field.kPpm'), formatRatio(ppm(kPpm), '1')]] as const)),
          [say('field.tieRule'), say(`tie.${notice.tieRule}`)],
          [say('field.eligibility'), notice.eligibility],
          [say('field.contact'), notice.contact],
        ]}
      />
      {remark === undefined ? null : (
        <div className="facts-wide">
          <Facts rows={[[say('field.remark'), remark]]} />
        </div>
      )}
    </>
  )
}
