import assert from 'node:assert/strict'
import { it } from 'node:test'
import { takingOf } from '../../src/market/session-state.ts'

const session = { status: 'announced', opensMs: 100, gateMs: 200 } as const

it('a session is closed when a block has passed its gate, and by no clock', () => {
  assert.equal(takingOf(session, 150, 199), 'yes')
  assert.equal(takingOf(session, 199, 260), 'mayNotCount', 'a clock 60 fast ends nothing')
  assert.equal(takingOf(session, 200, 260), 'no')
  assert.equal(takingOf(session, 200, 140), 'no', 'a clock 60 slow keeps nothing open')
  assert.equal(takingOf({ ...session, status: 'voided' }, 150, 150), 'no')
  assert.equal(takingOf({ ...session, status: 'cleared' }, 0, 150), 'no')
})

it('a session has opened when a block has; when only the clock says so, a trial has to say it too', () => {
  assert.equal(takingOf(session, 90, 99), 'notYet')
  assert.equal(takingOf(session, 90, 100), 'opening')
  assert.equal(takingOf(session, 100, 90), 'yes', 'a clock that is slow holds nobody up once a block has come')
  assert.equal(takingOf(session, 101, 101), 'yes')
})
