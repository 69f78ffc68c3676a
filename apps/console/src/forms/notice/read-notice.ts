import type { NoticePayload } from '@dujiang/market'
import { parseCivil, parseInstant } from '@dujiang/core/time'
import { type DecimalReason, parseEnergy, parsePrice, parseRatio } from '@dujiang/core/units'
import type { NoticeField, NoticeTexts } from './notice-texts.ts'

/** Why a text cannot be read, before any rule is asked. */
export type TextReason = DecimalReason | 'badId' | 'badDay' | 'badInstant' | 'notWhole'

export interface TextFault {
  readonly field: NoticeField
  readonly reason: TextReason
}

/** A form as the act carries it; what cannot be read is named, and then there is no act yet. */
export interface ReadNotice {
  readonly faults: readonly TextFault[]
  readonly payload: NoticePayload | undefined
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/
const SIGNED = { negative: true }

type Read<T> = { readonly value: T } | TextReason

export function readNotice(texts: NoticeTexts): ReadNotice {
  const faults: TextFault[] = []
  const take = <T>(field: NoticeField, read: Read<T>): T | undefined => {
    if (typeof read === 'object') return read.value
    faults.push({ field, reason: read })
    return undefined
  }
  const number = (field: NoticeField, parsed: ReturnType<typeof parsePrice | typeof parseEnergy>): number =>
    take<number>(field, parsed.ok ? { value: parsed.value } : parsed.reason) ?? 0
  const { priceRule, tieRule, kPpm } = texts
  const remark = texts.remark.trim()
  const text = (field: 'name' | 'product' | 'eligibility' | 'contact'): string =>
    take(field, readText(texts[field])) ?? ''
  const ratio = parseRatio(kPpm, '1')
  const payload: NoticePayload = {
    session: take('session', readId(texts.session)) ?? '',
    sequence: take('sequence', readId(texts.sequence)) ?? '',
    name: text('name'),
    product: text('product'),
    deliveryFrom: take('deliveryFrom', readDay(texts.deliveryFrom)) ?? '',
    deliveryTo: take('deliveryTo', readDay(texts.deliveryTo)) ?? '',
    opensMs: take('opensMs', readInstant(texts.opensMs)) ?? 0,
    gateMs: take('gateMs', readInstant(texts.gateMs)) ?? 0,
    periods: take('periods', readWhole(texts.periods)) ?? 0,
    stepsMax: take('stepsMax', readWhole(texts.stepsMax)) ?? 0,
    priceFloor: number('priceFloor', parsePrice(texts.priceFloor, '元/MWh', SIGNED)),
    priceCap: number('priceCap', parsePrice(texts.priceCap, '元/MWh', SIGNED)),
    tick: number('tick', parsePrice(texts.tick, '元/MWh')),
    lotWh: number('lotWh', parseEnergy(texts.lotWh, 'MWh')),
    priceRule,
    ...(priceRule === 'k' ? { kPpm: take<number>('kPpm', ratio.ok ? ratio : ratio.reason) ?? 0 } : {}),
    tieRule,
    eligibility: text('eligibility'),
    contact: text('contact'),
    ...(remark === '' ? {} : { remark }),
  }
  return { faults, payload: faults.length === 0 ? payload : undefined }
}

const readId = (text: string): Read<string> => (text === '' ? 'empty' : ID.test(text) ? { value: text } : 'badId')
const readText = (text: string): Read<string> => (text.trim() === '' ? 'empty' : { value: text.trim() })
const readWhole = (text: string): Read<number> =>
  text === '' ? 'empty' : /^[1-9]\d{0,3}$/.test(text) ? { value: Number(text) } : 'notWhole'
export function readDay(text: string): Read<string> {
  const day = text.trim()
  return day === '' ? 'empty' : parseCivil(day).ok ? { value: day } : 'badDay'
}

/** A day and a time, with seconds or without, in Beijing time whatever the machine's own zone is. */
export function readInstant(text: string): Read<number> {
  const typed = text.trim().replace(/\s+/, 'T')
  if (typed === '') return 'empty'
  const parsed = parseInstant(`${typed.length === 16 ? `${typed}:00` : typed}+08:00`)
  return parsed.ok ? { value: parsed.value } : 'badInstant'
}
