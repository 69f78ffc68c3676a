import type { PriceRule, RuleSet, TieRule } from '@dujiang/market'
import { formatPrice, milliFenPerMwh } from '@dujiang/core/units'
import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../i18n/words.ts'
import { noticeWords } from '../../market/notice-words.ts'
import { useReadable } from '../../market/readable.ts'
import { useUnitNames } from '../../ui/amount.tsx'
import { Field, type InputProps } from '../../ui/field.tsx'
import { TimeInput } from '../../ui/time-input.tsx'
import { orderWords } from '../order/order-words.ts'
import { noticeFormWords } from './notice-form-words.ts'
import type { NoticeProblem } from './notice-problems.ts'
import type { NoticeField, NoticeTexts } from './notice-texts.ts'
import type { TextFault, TextReason } from './read-notice.ts'

interface NoticeFormProps {
  readonly texts: NoticeTexts
  readonly onChange: (change: Partial<NoticeTexts>) => void
  readonly faults: readonly TextFault[]
  readonly problems: readonly NoticeProblem[]
  readonly rules: RuleSet
  /** Chooses the sequence, or opens one. */
  readonly sequence: (input: InputProps) => ReactNode
}

/** Every field of a notice, by what a reader looks for: what, when, by which rules, who. */
export function NoticeForm({ texts, onChange, faults, problems, rules, sequence }: NoticeFormProps) {
  const say = useWords(noticeWords)
  const form = useWords(noticeFormWords)
  const units = useUnitNames()
  const reason = useTextReason()
  const readable = useReadable()
  const problemOf = (field: NoticeField): string | undefined => {
    const fault = faults.find((each) => each.field === field)
    // What nobody has come to yet is missing, not wrong: the line beside the button names it.
    if (fault !== undefined) return fault.reason === 'empty' ? undefined : reason(fault.reason)
    const problem = problems.find(({ fields }) => fields[0] === field)
    return problem && readable(problem)
  }
  const yuan = (price: number): string => formatPrice(milliFenPerMwh(price), '元/MWh')
  const field = (name: NoticeField, more: FieldMore = {}) => {
    const { time, multi = false, render, ...shown } = more
    return (
      <Field label={say(`field.${name}`)} problem={problemOf(name)} {...shown}>
        {render ??
          ((input) =>
            multi ? (
              <Input.TextArea
                {...input}
                rows={2}
                value={texts[name]}
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            ) : time !== undefined ? (
              <TimeInput {...input} kind={time} value={texts[name]} onChange={(text) => onChange({ [name]: text })} />
            ) : (
              <Input
                {...input}
                value={texts[name]}
                autoComplete="off"
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            ))}
      </Field>
    )
  }
  const { name: rulesName, values } = rules
  const allowed = form('rules.allow', { rules: rulesName, floor: yuan(values.priceFloor), cap: yuan(values.priceCap) })
  return (
    <>
      <fieldset className="form-part">
        <legend>{form('part.what')}</legend>
        {field('sequence', { render: sequence })}
        {field('session', { hint: form('id.hint') })}
        {field('name', { wide: true })}
        {field('product', { wide: true })}
        {field('deliveryFrom', { time: 'day' })}
        {field('deliveryTo', { time: 'day' })}
      </fieldset>
      <fieldset className="form-part">
        <legend>
          {form('part.when')} <span className="muted">{form('beijing')}</span>
        </legend>
        {field('opensMs', { time: 'instant', hint: form('opens.hint') })}
        {field('gateMs', { time: 'instant' })}
      </fieldset>
      <fieldset className="form-part">
        <legend>{form('part.rules')}</legend>
        {field('periods', { hint: form('periods.hint') })}
        {field('stepsMax', { hint: form('rules.steps', { rules: rulesName, steps: values.stepsMax }) })}
        {field('priceFloor', { unit: units.price, hint: allowed })}
        {field('priceCap', { unit: units.price })}
        {field('tick', { unit: units.price })}
        {field('lotWh', { unit: form('unit.mwh') })}
        {field('priceRule', {
          render: (input) => (
            <Select<PriceRule>
              {...input}
              value={texts.priceRule}
              options={values.priceRules.map((value) => ({ value, label: say(`price.${value}`) }))}
              onChange={(priceRule) => onChange({ priceRule })}
            />
          ),
        })}
        {texts.priceRule === 'k' ? field('kPpm') : null}
        {field('tieRule', {
          render: (input) => (
            <Select<TieRule>
              {...input}
              value={texts.tieRule}
              options={values.tieRules.map((value) => ({ value, label: say(`tie.${value}`) }))}
              onChange={(tieRule) => onChange({ tieRule })}
            />
          ),
        })}
      </fieldset>
      <fieldset className="form-part">
        <legend>{form('part.who')}</legend>
        {field('eligibility', { wide: true, multi: true })}
        {field('contact', { wide: true })}
        {field('remark', { wide: true, multi: true })}
      </fieldset>
    </>
  )
}

interface FieldMore {
  readonly time?: 'day' | 'instant'
  readonly multi?: boolean
  readonly wide?: boolean
  readonly unit?: string
  readonly hint?: string
  readonly render?: (input: InputProps) => ReactNode
}

/** Why a text cannot be read, as a sentence. */
function useTextReason(): (reason: TextReason) => string {
  const form = useWords(noticeFormWords)
  const number = useWords(orderWords)
  return (reason) => {
    switch (reason) {
      case 'badId':
      case 'badDay':
      case 'badInstant':
      case 'notWhole':
        return form(`reason.${reason}`)
      default:
        return number(`reason.${reason}`)
    }
  }
}
