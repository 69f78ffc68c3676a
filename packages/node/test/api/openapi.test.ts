import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withRig } from './rig.ts'

it('[API-16] describes every route, parameter and act, and every reference leads somewhere', () =>
  withRig({}, async (rig) => {
    const { json } = await rig.get('/openapi.json')
    assert.equal(json.openapi, '3.1.0')
    assert.deepEqual(Object.keys(json.paths).sort(), [
      '/health',
      '/v1/acts',
      '/v1/acts/bulk',
      '/v1/blocks',
      '/v1/blocks/{height}',
      '/v1/checkpoint',
      '/v1/genesis',
      '/v1/light/{height}',
      '/v1/receipts',
      '/v1/receipts/{id}',
      '/v1/receipts/{id}/proof',
      '/v1/seen/{minute}',
      '/v1/state-proofs/{family}/{table}/{key}',
      '/v1/state/{family}/{table}',
      '/v1/state/{family}/{table}/{key}',
      '/v1/status',
      '/v1/stream',
    ])
    for (const [path, methods] of Object.entries<any>(json.paths)) {
      for (const operation of Object.values<any>(methods)) {
        const named = operation.parameters
          .filter((each: any) => each.in === 'path')
          .map((each: any) => `{${each.name}}`)
        assert.deepEqual(named, path.match(/\{\w+\}/g) ?? [])
      }
    }
    for (const { name, version } of rig.market.app.acts) {
      const schema = json.components.schemas[`${name}.v${version}`]
      assert.equal(schema.type, 'object', name)
      assert.match(schema['x-title-zh'], /[\u4e00-\u9fff]/)
    }
    for (const [, reference] of JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      assert.ok(json.components.schemas[reference as string], reference)
    }
  }))
