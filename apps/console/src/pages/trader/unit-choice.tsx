import type { Unit } from '@dujiang/market'
import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import type { Named } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { tradeWords } from './trade-words.ts'

/** `?unit=`: one of the own units, or all of them. Nothing to choose where there is one. */
export function UnitChoice({ units }: { readonly units: readonly Named<Unit>[] }) {
  const say = useWords(tradeWords)
  const [search, setSearch] = useSearchParams()
  if (units.length < 2) return null
  const choose = (unit: string): void => {
    const kept = Object.fromEntries([...search].filter(([name]) => name !== 'unit'))
    setSearch(unit === '' ? kept : { ...kept, unit }, { replace: true, preventScrollReset: true })
  }
  return (
    <Select
      aria-label={say('mine.unit')}
      value={search.get('unit') ?? ''}
      options={[{ value: '', label: say('mine.all') }, ...units.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={choose}
      popupMatchSelectWidth={false}
    />
  )
}
