import { useEffect } from 'react'

/** Has the browser ask before a tab with something unsent in it is closed or loaded again. */
export function useLeaveGuard(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsent])
}
