import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { grammarBreak } from '@dujiang/testing/abci'
import { numbered } from '../../src/network/calls.ts'

const line = (life: string, method: string, height?: number): string =>
  JSON.stringify({ process: 1, method, height, life })

const one = [line('a', 'info'), line('a', 'initChain', 1), line('a', 'finalizeBlock', 1), line('a', 'commit')]
const torn = line('a', 'finalizeBlock', 2).slice(0, 20)

describe('the calls that engines made of a home', () => {
  it('are of one process after the other, in every life of the ledger', () => {
    const calls = numbered(['', ...one, line('b', 'info'), line('b', 'finalizeBlock', 2)])
    assert.deepEqual(
      calls.map(({ process }) => process),
      [1, 1, 1, 1, 2, 2],
    )
    assert.equal(grammarBreak(calls), undefined)
  })

  it('end where a line was not written to its end: the next one is to begin as a process does', () => {
    assert.equal(grammarBreak(numbered([...one, torn, line('b', 'info'), line('b', 'finalizeBlock', 2)])), undefined)
    assert.equal(grammarBreak(numbered([...one, torn, line('a', 'finalizeBlock', 2)]))?.call.process, 2)
  })
})
