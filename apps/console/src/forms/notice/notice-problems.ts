import { type NoticeFacts, type NoticePayload, auction, explainNotice, speak } from '@dujiang/market'
import type { Why } from '../../api/why.ts'
import type { NoticeField } from './notice-texts.ts'

/** What the rules say against a notice, and at which fields. */
export interface NoticeProblem extends Pick<Why, 'name' | 'zh' | 'en' | 'facts'> {
  readonly fields: readonly NoticeField[]
}

/** Everything that stands against a notice, by the checks of the act itself (packages/market/src/auction/notice-check.ts). */
export function problemsOfNotice(facts: NoticeFacts, payload: NoticePayload): readonly NoticeProblem[] {
  const { shape, refusals } = explainNotice(facts, payload)
  const shaped = shape.map(({ path, rule }): NoticeProblem => {
    const field = path.slice(1) as NoticeField
    return {
      name: 'shape',
      facts: {},
      zh: `超出允许的范围（${rule}）`,
      en: `Outside of what is allowed (${rule})`,
      fields: [field],
    }
  })
  return [
    ...shaped,
    ...refusals.map(({ name, facts: said }) => {
      const sentence = auction.refusals.sentences[name]
      if (sentence === undefined) throw new Error(`${name} is no refusal of the auction`)
      const fields = fieldsOf(name, said, payload)
      return { name, facts: said, zh: speak(sentence, said, 'zh'), en: speak(sentence, said, 'en'), fields }
    }),
  ]
}

const FIELDS: { readonly [refusal: string]: readonly NoticeField[] } = {
  sessionExists: ['session'],
  sequenceUnknown: ['sequence'],
  sequenceNotYours: ['sequence'],
  noticeTimes: ['opensMs', 'gateMs'],
  gateTooFar: ['gateMs'],
  noticeDelivery: ['deliveryFrom', 'deliveryTo'],
  noticeLimits: ['priceFloor', 'priceCap'],
  noticeK: ['kPpm'],
}

function fieldsOf(name: string, facts: Why['facts'], payload: NoticePayload): readonly NoticeField[] {
  if (name === 'noticeRule') return [facts['field'] as NoticeField]
  if (name === 'noticeTick')
    return (['priceFloor', 'priceCap'] as const).filter((each) => payload[each] === facts['limit'])
  return FIELDS[name] ?? []
}
