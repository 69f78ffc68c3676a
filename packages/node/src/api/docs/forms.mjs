import { element } from './elements.mjs'
import { said, word } from './words.mjs'

const referred = (schema) => schema.$ref?.split('/').at(-1)

/** The form of a value in a few words. */
export function formText(schema) {
  const name = referred(schema)
  if (name !== undefined) return name
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined && schema.type === undefined) return choices.map(formText).join(' | ')
  const unit = schema['x-unit'] === undefined ? '' : ` ${schema['x-unit']}`
  if (schema.type === 'array') return `[${formText(schema.items ?? {})}]${range(schema.minItems, schema.maxItems)}`
  if (schema.type === 'integer') return `integer${range(schema.minimum, schema.maximum)}${unit}`
  if (schema.type === 'string') return schema['x-form'] ?? schema.pattern ?? 'text'
  return schema.type ?? 'any'
}

function range(min, max) {
  if (min === undefined && max === undefined) return ''
  const shown = max === Number.MAX_SAFE_INTEGER ? '2⁵³−1' : (max ?? '')
  return ` ${min ?? ''}…${shown}`
}

/** The fields of a form; what stands inside another is opened when it is asked for. */
export function formTable(schema, schemas) {
  const target = resolve(schema, schemas)
  const choices = target.anyOf ?? target.oneOf
  if (target.properties === undefined && choices !== undefined) {
    return element('div', {}, ...choices.map((choice) => opening(choice, schemas)))
  }
  if (target.properties === undefined) return element('p', {}, element('code', {}, formText(target)), ' ', said(target))
  const required = target.required ?? []
  const rows = Object.entries(target.properties).map(([name, field]) =>
    element(
      'tr',
      {},
      element(
        'td',
        {},
        element('code', {}, name),
        required.includes(name) ? '' : element('span', { class: 'quiet' }, ` ${word.optional}`),
      ),
      element('td', {}, inside(field, schemas)),
      element('td', {}, said(field)),
    ),
  )
  const head = [word.name, word.form, word.meaning].map((title) => element('th', { scope: 'col' }, title))
  return element(
    'div',
    { class: 'scroll', tabindex: '0' },
    said(target) === '' ? '' : element('p', { class: 'quiet' }, said(target)),
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  )
}

const resolve = (schema, schemas) => schemas[referred(schema)] ?? schema

function inside(field, schemas) {
  const item = field.type === 'array' ? (field.items ?? {}) : field
  const target = resolve(item, schemas)
  const opens =
    target.properties !== undefined || (target.anyOf ?? target.oneOf)?.some((each) => each.$ref || each.properties)
  return opens ? opening(item, schemas, formText(field)) : element('code', {}, formText(field))
}

/** Filled when it is first opened: forms may stand in each other without end. */
function opening(schema, schemas, title = said(schema) || formText(schema)) {
  const details = element('details', {}, element('summary', {}, title))
  details.addEventListener('toggle', () => details.append(formTable(schema, schemas)), { once: true })
  return details
}
