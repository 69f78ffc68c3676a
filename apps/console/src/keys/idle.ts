import { useEffect } from 'react'
import { signOut, useIdentity } from './identity.ts'

const IDLE_MS = 30 * 60_000
const LOOK_MS = 15_000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel'] as const

/** Signs out whoever has left the browser for half an hour with a key of their own. */
export function useIdleSignOut(): void {
  const signedIn = useIdentity()
  const watched = signedIn !== undefined && !signedIn.sample
  useEffect(() => {
    if (!watched) return undefined
    let lastMs = Date.now()
    const alive = (): void => {
      lastMs = Date.now()
    }
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { passive: true })
    const timer = setInterval(() => {
      if (Date.now() - lastMs >= IDLE_MS) signOut()
    }, LOOK_MS)
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive)
      clearInterval(timer)
    }
  }, [watched])
}
