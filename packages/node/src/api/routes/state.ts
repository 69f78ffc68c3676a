import { writeStateProof } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { JSON_TYPE, bytesAnswer, ok } from '../answer.ts'
import type { Context } from '../context.ts'
import { problem } from '../problem.ts'
import { type Param, limitParam } from '../query.ts'
import type { Route } from '../route.ts'

const PAGE = 100
const PAGE_MAX = 1_000
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)*\/?$/

const name = (param: string, zh: string, en: string): Param => ({
  name: param,
  title: { zh, en },
  kind: 'text',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/,
})
const table = [name('family', '业务族', 'Family'), name('table', '表', 'Table')]
const keyText = (param: string, zh: string, en: string): Param => ({
  name: param,
  title: { zh, en },
  kind: 'text',
  pattern: KEY,
})

export function stateRoutes({ node, doors, visibility }: Context): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/state/{family}/{table}',
      title: { zh: '一张表中阁下可见的记录', en: 'The rows of a table that the viewer may see, by key' },
      params: [
        ...table,
        keyText('prefix', '键的开头', 'Beginning of the key'),
        keyText('after', '此键之后', 'After this key'),
        limitParam(PAGE_MAX),
      ],
      answers: { 200: { says: 'A page', schema: 'RowPage' } },
      handle({ params, query, viewer }) {
        const start = `${params['family']}/${params['table']}/`
        const after = query.text('after')
        const limit = query.integer('limit') ?? PAGE
        const view = node.view()
        const rows: { readonly key: string; readonly value: Json }[] = []
        let more = false
        const prefix = start + (query.text('prefix') ?? '')
        for (const [key, value] of view.scan(prefix, after === undefined ? undefined : start + after)) {
          // Rows withheld leave no trace: their keys, and even their number under a prefix, would tell who has acted.
          if (!visibility.ofRow(viewer, view, key)) continue
          more = rows.length === limit
          if (more) break
          rows.push({ key: key.slice(start.length), value })
        }
        const next = rows.at(-1)?.key
        return ok({ height: node.status().height, rows, ...(next === undefined ? {} : { next }), more })
      },
    },
    {
      method: 'GET',
      path: '/v1/state/{family}/{table}/{key+}',
      title: { zh: '一条记录', en: 'One row' },
      params: [...table, keyText('key', '键', 'Key')],
      answers: { 200: { says: 'The row', schema: 'Row' }, 404: 'None, or none the viewer may see' },
      handle({ params, viewer }) {
        const key = `${params['family']}/${params['table']}/${params['key']}`
        const view = node.view()
        const value = visibility.ofRow(viewer, view, key) ? view.get(key) : undefined
        if (value === undefined) return problem('rowUnknown', { key })
        return ok({ height: node.status().height, key: params['key'], value })
      },
    },
    {
      method: 'GET',
      path: '/v1/state-proofs/{family}/{table}/{key+}',
      title: { zh: '一条记录或其不存在的证明文件', en: 'The proof file of a row, or of there being none' },
      params: [...table, keyText('key', '键', 'Key')],
      answers: {
        200: { says: 'The file', schema: 'StateProof' },
        404: 'None that the viewer may see',
        409: 'Not yet provable, or a session is open',
      },
      handle({ params, viewer }) {
        const key = `${params['family']}/${params['table']}/${params['key']}`
        const view = node.view()
        if (!visibility.ofRow(viewer, view, key)) return problem('rowUnknown', { key })
        if (doors.holdsSecrets(view)) return problem('stateSealed')
        const proof = node.proveState(key)
        if (proof === undefined) return { ...problem('rowNotYetProvable', { key }), retryAfterSeconds: 1 }
        return bytesAnswer(JSON_TYPE, writeStateProof(proof))
      },
    },
  ]
}
