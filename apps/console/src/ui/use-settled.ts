import { useEffect, useState } from 'react'

/** A value once it has stood still for a while: what is asked of a node while somebody types is asked when they pause. */
export function useSettled<T>(value: T, quietMs = 350): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quietMs)
    return () => clearTimeout(timer)
  }, [value, quietMs])
  return settled
}
