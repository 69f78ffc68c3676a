import { useEffect, useState } from 'react'

/**
 * Does something once what has just changed is on the screen: what follows may take longer than a person waits for an answer to a press.
 * Returns a function that gives it up.
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** A value one paint later: for what is dear to draw, beside what answers at once. */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value)
  useEffect(() => (painted === value ? undefined : afterPaint(() => setPainted(value))), [painted, value])
  return painted
}
