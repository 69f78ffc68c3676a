import type { MadeChange, PreparedChange, Session } from '@dujiang/market'
import { useAct } from '../../api/act.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useMadeChanges, usePreparedChange } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { noticeWords } from '../../market/notice-words.ts'
import { SendButton } from '../../market/send-button.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import { Section } from '../../ui/page.tsx'
import { changeWords } from './change-words.ts'
import { clerkWords } from './clerk-words.ts'

/** A change that waits for a second person. */
export function ChangeToApprove({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(changeWords)
  const { identity } = useLedger()
  const acting = useAct(`change-approval/${id}`)
  const prepared = usePreparedChange(id)
  return (
    <>
      {prepared ? (
        <Note tone="warn" title={say(`pending.${prepared.change.kind}`)}>
          <p>
            {prepared.reason}{' '}
            <span className="muted">
              {say('pending.by', { person: prepared.preparedBy })} <Instant atMs={prepared.preparedMs} />
            </span>
          </p>
          <Moves before={session} change={prepared.change} />
          {identity?.org === session.org ? (
            <SendButton
              acting={acting}
              wanted={{ act: 'auction.change.approve', payload: { session: id, change: prepared.digest } }}
              label={say('approve')}
              danger={prepared.change.kind === 'void'}
            />
          ) : null}
        </Note>
      ) : null}
      <ActProgress state={acting.state} />
    </>
  )
}

/** What has been changed of a session since it was announced, the newest first. */
export function ChangesMade({ id }: { readonly id: string }) {
  const say = useWords(changeWords)
  const clerk = useWords(clerkWords)
  const made = useMadeChanges(id)
  if (made === undefined || made.length === 0) return null
  return (
    <Section title={clerk('part.changes')}>
      {[...made].reverse().map((change) => (
        <div key={change.id} className="change">
          <p>
            <strong>{say(`made.${change.change.kind}`)}</strong> {change.reason}{' '}
            <span className="muted">
              {say('made.by', { prepared: change.preparedBy, approved: change.approvedBy })}{' '}
              <Instant atMs={change.approvedMs} />
            </span>
          </p>
          <Moves before={change.before} change={change.change} />
        </div>
      ))}
    </Section>
  )
}

interface MovesProps {
  readonly before: MadeChange['before']
  readonly change: PreparedChange['change']
}

/** What moves, from what to what. */
function Moves({ before, change }: MovesProps) {
  const say = useWords(changeWords)
  const field = useWords(noticeWords)
  if (change.kind === 'void') return null
  const shown = (name: 'opensMs' | 'gateMs' | 'deliveryFrom' | 'deliveryTo', value: number | string) =>
    typeof value === 'number' ? <Instant key={name} atMs={value} seconds /> : value
  const moved = (['opensMs', 'gateMs', 'deliveryFrom', 'deliveryTo'] as const).filter(
    (name) => change[name] !== before[name],
  )
  return (
    <ul className="moves">
      {moved.map((name) => (
        <li key={name}>
          {field(`field.${name}`)} <span className="muted">{say('before')}</span> {shown(name, before[name])}{' '}
          <span className="muted">{say('after')}</span> <strong>{shown(name, change[name])}</strong>
        </li>
      ))}
    </ul>
  )
}
