import type { ListTable } from '@dujiang/chain'
import { receiptsTable } from '@dujiang/projections'
import { fieldName } from './list-rows.ts'
import { type Form, anyObject, count, flag, list, named, object, text } from './openapi/forms.ts'

/** `ListOrders`, and `ListOrdersRow` for one of its rows. */
export const listFormName = ({ name }: ListTable): string => `List${capital(fieldName(name))}`

/** What a page of this table looks like, for the OpenAPI page. */
export function listForms(table: ListTable): { readonly [name: string]: Form } {
  const page = listFormName(table)
  const row = table === receiptsTable ? 'Committed' : `${page}Row`
  const forms = {
    [page]: object({
      height: count('The height it was judged at who may see what'),
      upTo: count('Index of the first receipt that was not in the lists yet'),
      rows: list(named(row)),
      'count?': count('Rows from the place asked on, with count=true; at most 1,000,000 are counted'),
      'next?': text('The `after` of the next page'),
      more: flag('Is there a further page?'),
    }),
  }
  return table === receiptsTable ? forms : { ...forms, [row]: rowForm(table) }
}

function rowForm({ columns, key, sealed }: ListTable): Form {
  const fields = columns.map(({ name, title, type }): [string, Form] => {
    const form: Form = { ...(type === 'text' ? text() : { type: 'integer' }), description: title.en }
    return [key.includes(name) ? fieldName(name) : `${fieldName(name)}?`, { ...form, 'x-description-zh': title.zh }]
  })
  const payload = sealed ? { 'payload?': anyObject('What was asked for') } : {}
  return object({ ...Object.fromEntries(fields), ...payload })
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
