import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { earlierState } from '../src/earlier.ts'

describe('a session that was interrupted', () => {
  it('is said to have closed only when it has', () => {
    const gateMs = 2_000_000_000_000
    const said = (status: Parameters<typeof earlierState>[0]['status'], nowMs: number): string =>
      earlierState({ status, gateMs }, nowMs) ?? ''
    assert.match(said('announced', gateMs - 1), /尚未闭市/)
    assert.match(said('announced', gateMs), /闭市时间已过/)
    assert.match(said('cleared', gateMs + 1), /已闭市出清，未校核/)
    assert.match(said('checked', gateMs + 1), /校核，未发布/)
    assert.equal(said('published', gateMs + 1), '')
  })
})
