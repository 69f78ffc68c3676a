import type { Invitation, Session, Unit } from '@dujiang/market'
import { useEffect, useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useAct } from '../../api/act.ts'
import { type Named, useInvitations, useSession, useUnits } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { keptLimits, readKeptLimits } from '../../forms/limits/kept-limits.ts'
import { type LimitsDraft, invitationsOf, limitTexts, readLimits } from '../../forms/limits/limits-draft.ts'
import { useWords } from '../../i18n/words.ts'
import { DraftFound, DraftKept, DraftNotKept } from '../../kept/draft-notes.tsx'
import { type Draft, useDraft } from '../../kept/use-draft.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { SendButton } from '../../market/send-button.tsx'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { AddUnits } from './add-units.tsx'
import { UnitLimits } from './unit-limits.tsx'
import { UnitList } from './unit-list.tsx'
import { unitsWords } from './units-words.ts'

export function Component() {
  const say = useWords(unitsWords)
  const { session: id = '' } = useParams()
  const session = useSession(id)
  const units = useUnits()
  const invitations = useInvitations(id)
  const onRecord = useMemo(() => new Map(invitations?.map((each) => [each.id, each as Invitation])), [invitations])
  return (
    <Page title={say('title', { session: id })} lead={session ? `${session.name}。${say('lead')}` : undefined}>
      <ForRoles roles={['exchange']}>
        {session === null ? <Empty title={say('unknown', { session: id })} /> : null}
        {session && units && invitations ? (
          <Kept key={id} id={id} session={session} units={units} onRecord={onRecord} />
        ) : session === null ? null : (
          <Unread />
        )}
      </ForRoles>
    </Page>
  )
}

interface UnitsProps {
  readonly id: string
  readonly session: Session
  readonly units: readonly Named<Unit>[]
  readonly onRecord: ReadonlyMap<string, Invitation>
}

function Kept(props: UnitsProps) {
  const kept = useDraft(`invitations/${props.id}`)
  return kept.found === undefined ? null : <Units kept={kept} {...props} />
}

function Units({ kept, id, session, units, onRecord }: UnitsProps & { readonly kept: Draft }) {
  const say = useWords(unitsWords)
  const acting = useAct(`invitations/${id}`)
  const [params, setParams] = useSearchParams()
  const chosen = params.get('unit') ?? undefined
  // What is typed here stands over what is on record.
  const [found, setFound] = useState(() => readKeptLimits(kept.found?.value))
  const [typed, setTyped] = useState<LimitsDraft>(() => found ?? new Map())
  const draft = useMemo(() => {
    const recorded = [...onRecord].map(([unit, { limitWh }]) => [unit, limitTexts(limitWh, session.periods)] as const)
    return new Map([...recorded, ...typed])
  }, [onRecord, typed, session.periods])
  const acts = useMemo(() => invitationsOf(draft, onRecord), [draft, onRecord])
  const bad = useMemo(() => [...draft.values()].filter((texts) => readLimits(texts).faults.length > 0).length, [draft])
  const isOpen = useMarketNow() >= session.opensMs
  const isToBeSent = acts.length > 0 || bad > 0
  const { keep, drop } = kept
  useEffect(() => {
    if (!isToBeSent) drop()
    else if (typed !== found) keep(keptLimits(typed))
  }, [isToBeSent, typed, found, keep, drop])
  useLeaveGuard(isToBeSent && typed !== found && kept.keptMs === undefined)
  const discard = (): void => {
    setFound(undefined)
    setTyped(new Map())
    drop()
  }

  const put = (added: LimitsDraft): void => setTyped((before) => new Map([...before, ...added]))
  const remove = (unit: string): void => {
    setTyped((before) => new Map([...before].filter(([each]) => each !== unit)))
    setParams({}, { replace: true })
  }
  const [first, ...rest] = acts.map((some) => ({
    act: 'auction.session.invite',
    payload: { session: id, units: some },
  }))
  const count = acts.flat().length
  if (isOpen) return <Note tone="warn">{say('closed')}</Note>
  return (
    <>
      <div className="draft-notes">
        {found === undefined || !isToBeSent ? null : <DraftFound kept={kept} onDiscard={discard} />}
        <DraftNotKept kept={kept} />
      </div>
      <AddUnits units={units} draft={draft} session={id} periods={session.periods} onAdd={put} />
      <Section title={say('list.title')}>
        {draft.size === 0 ? (
          <Empty title={say('list.empty')}>{say('list.empty.why')}</Empty>
        ) : (
          <div className="two-columns">
            <UnitList
              draft={draft}
              onRecord={onRecord}
              units={units}
              chosen={chosen}
              onChoose={(unit) => setParams({ unit }, { replace: true })}
            />
            <div className="stays">
              {chosen === undefined || !draft.has(chosen) ? (
                <p className="muted">{say('edit.choose')}</p>
              ) : (
                <UnitLimits
                  key={chosen}
                  name={units.find(({ id: each }) => each === chosen)?.name ?? chosen}
                  texts={draft.get(chosen) as readonly string[]}
                  onChange={(texts) => put(new Map([[chosen, texts]]))}
                  onRemove={onRecord.has(chosen) ? undefined : () => remove(chosen)}
                />
              )}
            </div>
          </div>
        )}
      </Section>
      {draft.size === 0 ? null : (
        <div className="send-bar">
          <SendButton
            acting={acting}
            wanted={bad === 0 ? first : undefined}
            rest={rest}
            label={say('send', { count })}
            missing={bad > 0 ? say('send.fix', { count: bad }) : say('send.none')}
          />
          {acts.length > 1 ? <p className="muted">{say('send.acts', { count: acts.length })}</p> : null}
          <ActProgress state={acting.state} />
          <DraftKept kept={kept} />
        </div>
      )}
    </>
  )
}
