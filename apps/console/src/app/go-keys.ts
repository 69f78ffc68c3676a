import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { type Place, placeGroups } from './places.ts'

/** The letter after `g` that leads to each place: the first of its address that is not taken yet. */
export const goKeys: readonly (Place & { readonly key: string })[] = lettered()

const PATIENCE_MS = 1_200

/** `g` and a letter lead to a place, where nobody is typing. */
export function useGoKeys(): void {
  const go = useNavigate()
  useEffect(() => {
    let afterG = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const nowMs = performance.now()
      const place = nowMs - afterG < PATIENCE_MS ? goKeys.find(({ key }) => key === event.key) : undefined
      afterG = event.key === 'g' ? nowMs : Number.NEGATIVE_INFINITY
      if (place === undefined) return
      event.preventDefault()
      if (place.to.endsWith('.html')) window.location.assign(place.to)
      else void go(place.to)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [go])
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function lettered(): (Place & { readonly key: string })[] {
  const taken = new Set<string>(['g'])
  return placeGroups.flatMap(({ places }) =>
    places.map((place) => {
      const key = [...place.to].find((letter) => /[a-z]/.test(letter) && !taken.has(letter)) ?? ''
      taken.add(key)
      return { ...place, key }
    }),
  )
}
