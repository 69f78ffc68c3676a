import { useMemo } from 'react'
import { useUnits } from '../api/sessions.ts'

/** What people call a trading unit; its id where it is not on record. */
export function useNameOfUnit(): (unit: string) => string {
  const units = useUnits()
  return useMemo(() => {
    const names = new Map(units?.map(({ id, name }) => [id, name]))
    return (unit) => names.get(unit) ?? unit
  }, [units])
}
