import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inOrder } from '../src/test-order.ts'

describe('the order of test files', () => {
  it('begins with what takes long, a walk in a browser and what waits by turns', () => {
    const ordered = inOrder([
      'apps/cli/test/a.test.ts',
      'apps/cli/test/network/b.test.ts',
      'apps/console/test/shell/c.test.ts',
      'apps/console/test/trader/d.test.ts',
      'packages/core/test/e.test.ts',
      'testing/test/network/f.test.ts',
    ])
    assert.deepEqual(
      ordered.map((file) => /(\w)\.test/.exec(file)?.[1]),
      ['c', 'f', 'd', 'b', 'a', 'e'],
    )
  })

  it('has every file once', () => {
    const files = ['apps/node/test/network/a.test.ts', 'apps/node/test/b.test.ts', 'tools/test/c.test.ts']
    assert.deepEqual(inOrder(files).toSorted(), files.toSorted())
    assert.deepEqual(inOrder([]), [])
  })
})
