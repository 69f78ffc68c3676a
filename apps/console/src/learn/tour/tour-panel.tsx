import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { onReceipt } from '../../api/live.ts'
import { useOrg } from '../../api/roles.ts'
import { useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { useSamples } from '../../keys/sample.ts'
import { Hands } from './hands.ts'
import { steps } from './steps.ts'
import { endTour, moveTour, type TourState } from './tour-state.ts'
import { tourWords } from './tour-words.ts'
import { TOURS } from './tours.ts'

/** Stands at the corner of every page while a tour is under way: what to do next, whether it has been done, and hands to do it. */
export function TourPanel({ tour }: { readonly tour: TourState }) {
  const say = useWords(tourWords)
  const go = useNavigate()
  const names = TOURS.find(({ name }) => name === tour.name)?.steps ?? []
  const name = names[tour.step]
  const { done, ready, busy, trouble, perform } = useStep(tour, name)
  if (name === undefined) return null
  const { to, act } = steps[name]
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
      {done ? <p className="tour-done">✓ {say('done')}</p> : null}
      <footer>
        <Button size="small" onClick={() => void go(to(tour))}>
          {say('open')}
        </Button>
        {act === undefined || done ? null : (
          <Button size="small" loading={busy} disabled={!ready} onClick={() => void perform()}>
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

/** Looks again whether a step has been done, with each receipt; and does it. */
function useStep(tour: TourState, name: keyof typeof steps | undefined) {
  const { data: status } = useStatus()
  const { data: samples } = useSamples(status?.demo === true)
  const org = useOrg()
  const [doneStep, setDoneStep] = useState<typeof name>()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const hands = useMemo(() => samples && new Hands(samples), [samples])
  const scene = useMemo(() => hands && { tour, hands, org }, [tour, hands, org])

  const look = useCallback(async (): Promise<void> => {
    if (scene === undefined || name === undefined) return
    const found = await steps[name].done(scene).catch(() => false)
    if (typeof found === 'object' && found.session !== scene.tour.session) moveTour({ session: found.session })
    setDoneStep(found === false ? undefined : name)
  }, [scene, name])
  useEffect(() => setTrouble(undefined), [name])
  useEffect(() => {
    void look()
    return onReceipt(() => void look())
  }, [look])

  const perform = async (): Promise<void> => {
    if (scene === undefined || name === undefined) return
    setBusy(true)
    setTrouble(undefined)
    try {
      await steps[name].act?.(scene)
      await look()
    } catch (cause) {
      setTrouble((cause as Error).message)
    }
    setBusy(false)
  }
  // Whose step it is must be known before it is done for them.
  const ready = scene !== undefined && (name === 'who' || org !== undefined)
  return { done: name !== undefined && doneStep === name, ready, busy, trouble, perform }
}
