import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { onReceipt } from '../../api/live.ts'
import { useOrg } from '../../api/roles.ts'
import { useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { useSamples } from '../../keys/sample.ts'
import { Hands } from './hands.ts'
import { type Scene, isTooLate, steps } from './steps.ts'
import { type TourState, endTour, moveTour } from './tour-state.ts'
import { tourWords } from './tour-words.ts'
import { TOURS } from './tours.ts'

/** Stands at the corner of every page while a tour is under way: what to do next, whether it has been done, and hands to do it. */
export function TourPanel({ tour }: { readonly tour: TourState }) {
  const say = useWords(tourWords)
  const go = useNavigate()
  const names = TOURS.find(({ name }) => name === tour.name)?.steps ?? []
  const name = names[tour.step]
  const { done, late, ready, busy, trouble, perform } = useStep(tour, name)
  if (name === undefined) return null
  const { to, act, anew } = steps[name]
  const isLast = tour.step === names.length - 1
  return (
    <aside className="tour" aria-label={say('label')}>
      <header>
        <span className="muted">{say('step.of', { step: tour.step + 1, count: names.length })}</span>
        <button type="button" className="tour-end" onClick={endTour}>
          {say('end')}
        </button>
      </header>
      <h2>{say(`${name}.title`)}</h2>
      <p>{say(`${name}.text`)}</p>
      {trouble === undefined ? null : <p role="alert">{say('failed', { reason: trouble })}</p>}
      {late ? <p role="alert">{say('late')}</p> : null}
      {done ? <p className="tour-done">✓ {say('done')}</p> : null}
      <footer>
        <Button size="small" onClick={() => void go(to(tour))}>
          {say('open')}
        </Button>
        {late && anew !== undefined ? (
          <Button
            size="small"
            type="primary"
            loading={busy}
            onClick={() => void perform(async (scene) => moveTour({ session: await anew(scene) }))}
          >
            {say('anew')}
          </Button>
        ) : null}
        {act === undefined || done || late ? null : (
          <Button size="small" loading={busy} disabled={!ready} onClick={() => void perform(act)}>
            {say('act')}
          </Button>
        )}
        {isLast ? null : (
          <Button size="small" type="primary" disabled={!done} onClick={() => moveTour({ step: tour.step + 1 })}>
            {say('next')}
          </Button>
        )}
        {isLast && done ? (
          <Button size="small" type="primary" onClick={endTour}>
            {say('end')}
          </Button>
        ) : null}
      </footer>
    </aside>
  )
}

/** How a step stands in a session. */
interface Seen {
  readonly name: keyof typeof steps
  readonly session: string | undefined
  readonly is: 'done' | 'late'
}

/** Looks again whether a step has been done, or can be no more, with each receipt; and does it. */
function useStep(tour: TourState, name: keyof typeof steps | undefined) {
  const { data: status } = useStatus()
  const { data: samples } = useSamples(status?.demo === true)
  const org = useOrg()
  const { pathname: at } = useLocation()
  const [seen, setSeen] = useState<Seen>()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const hands = useMemo(() => samples && new Hands(samples), [samples])
  const scene = useMemo(() => hands && { tour, hands, org, at }, [tour, hands, org, at])

  const begun = useRef(0)
  const shown = useRef(0)
  const look = useCallback(async (): Promise<void> => {
    if (scene === undefined || name === undefined) return
    const nth = ++begun.current
    const step = steps[name]
    const found = await step.done(scene).catch(() => false)
    const late = found === false && (await isTooLate(step, scene).catch(() => false))
    // Of two looks the later one saw more, whichever has its answers first.
    if (nth < shown.current) return
    shown.current = nth
    if (found === false) {
      return setSeen(late ? { name, session: scene.tour.session, is: 'late' } : undefined)
    }
    const { session, order } = { ...scene.tour, ...(found === true ? {} : found) }
    const isNews = session !== scene.tour.session || order !== scene.tour.order
    if (found !== true && isNews) moveTour(found)
    setSeen({ name, session, is: 'done' })
  }, [scene, name])
  useEffect(() => setTrouble(undefined), [name])
  useEffect(() => {
    void look()
    return onReceipt(() => void look())
  }, [look])

  const perform = async (work: (scene: Scene) => Promise<void>): Promise<void> => {
    if (scene === undefined) return
    setBusy(true)
    setTrouble(undefined)
    try {
      await work(scene)
    } catch (cause) {
      setTrouble((cause as Error).message)
    }
    await look()
    setBusy(false)
  }
  // Whose step it is must be known before it is done for them.
  const ready = scene !== undefined && (name === 'who' || org !== undefined)
  const is = seen?.name === name && seen?.session === tour.session ? seen?.is : undefined
  return { done: is === 'done', late: is === 'late', ready, busy, trouble, perform }
}
