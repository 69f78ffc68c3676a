import { fen, formatEnergy, formatMoney, formatPrice, milliFenPerMwh, wh } from '@dujiang/core/units'
import { usePreferences } from '../preferences/preferences.ts'

/** How an amount is set. Without `unit` it stands in a column whose head names it ({@link useUnitNames}). */
interface Shown {
  readonly unit?: boolean
  /** Digits behind the point, rounded half up; without it as many as the value needs. */
  readonly digits?: number
  /** Shows + before what is positive. */
  readonly signed?: boolean
}

const NOTHING = '—'

/** Energy in the unit chosen. @example <Energy wh={session.volumeWh} unit /> */
export function Energy({ wh: value, ...shown }: Shown & { readonly wh: number | undefined }) {
  const { energy, language } = usePreferences()
  if (value === undefined) return <Figure text={NOTHING} />
  return <Figure text={set(formatEnergy(wh(value), energy, optionsOf(shown, language)), value, shown)} />
}

/** A price in 元/兆瓦时. @example <Price milliFen={step.price} /> */
export function Price({ milliFen, ...shown }: Shown & { readonly milliFen: number | undefined }) {
  const { language } = usePreferences()
  if (milliFen === undefined) return <Figure text={NOTHING} />
  const text = formatPrice(milliFenPerMwh(milliFen), '元/MWh', optionsOf(shown, language))
  return <Figure text={set(text, milliFen, shown)} />
}

/** Money in 元. */
export function Money({ fen: value, ...shown }: Shown & { readonly fen: number | undefined }) {
  const { language } = usePreferences()
  if (value === undefined) return <Figure text={NOTHING} />
  return <Figure text={set(formatMoney(fen(value), '元', optionsOf(shown, language)), value, shown)} />
}

/** What the heads of columns call the units now. */
export function useUnitNames(): { readonly energy: string; readonly price: string; readonly money: string } {
  const { energy, language } = usePreferences()
  if (language === 'zh') return { energy: energy === 'MWh' ? '兆瓦时' : energy, price: '元/兆瓦时', money: '元' }
  return { energy: energy === 'MWh' ? 'MWh' : '10⁴ kWh', price: 'yuan/MWh', money: 'yuan' }
}

function Figure({ text }: { readonly text: string }) {
  return <span className="figure">{text}</span>
}

const optionsOf = ({ digits }: Shown, locale: 'zh' | 'en') =>
  digits === undefined ? { locale } : { locale, digits, rounding: 'halfUp' as const }

function set(text: string, value: number, { unit, signed }: Shown): string {
  const bare = unit === true ? text : (/^-?[\d,.]+/.exec(text)?.[0] ?? text)
  // A true minus is as wide as the plus.
  const shown = bare.startsWith('-') ? `−${bare.slice(1)}` : bare
  return signed === true && value > 0 ? `+${shown}` : shown
}
