import { useEffect, useState } from 'react'
import { useLeaveGuard } from '../ui/use-leave-guard.ts'
import type { Draft } from './use-draft.ts'

interface KeptTexts<T> {
  readonly v: 1
  readonly texts: T
}

/**
 * What is typed into a small form, kept as it is typed.
 * @param fresh what the form begins with where nothing was kept
 * @param isSent what stands in it is on record: it is no draft any more
 */
export function useKeptTexts<T>(kept: Draft, fresh: T, isSent: boolean) {
  const value = kept.found?.value as KeptTexts<T> | undefined
  const [begun] = useState(() => ({ fresh, found: value?.v === 1 ? value.texts : undefined }))
  const [texts, setTexts] = useState(begun.found ?? begun.fresh)
  const { keep, drop } = kept
  const isNew = texts !== begun.fresh && texts !== begun.found
  useEffect(() => {
    if (isSent) drop()
    else if (isNew) keep({ v: 1, texts } satisfies KeptTexts<T>)
  }, [isSent, isNew, texts, keep, drop])
  useLeaveGuard(isNew && !isSent && kept.keptMs === undefined)
  return {
    texts,
    set: (change: Partial<T>) => setTexts((before) => ({ ...before, ...change })),
    isRestored: begun.found !== undefined && texts !== begun.fresh && !isSent,
    discard: () => {
      setTexts(begun.fresh)
      drop()
    },
  }
}
