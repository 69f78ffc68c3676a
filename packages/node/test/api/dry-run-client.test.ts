import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Refused } from '@dujiang/client'
import { exchange, identity, withRig } from './rig.ts'

it('[CLIENT-11] tries an act out as the organisation that would send it', () =>
  withRig({}, async (rig) => {
    const client = rig.client()
    const open = { act: 'auction.sequence.open', payload: { sequence: 'Q', name: 'first' } }
    const before = await client.tryOut(identity(exchange), open)
    assert.equal(before.state, 'wouldAccept')
    assert.equal((await client.act(identity(exchange), open)).receipt.code, 0)
    const after = await client.tryOut(identity(exchange), open)
    assert.ok(after.state === 'wouldRefuse')
    assert.equal(after.refusal.name, 'sequenceExists')
    const shapeless = { act: 'auction.sequence.open', payload: {} }
    await assert.rejects(
      client.tryOut(identity(exchange), shapeless),
      (error) => error instanceof Refused && error.refusal.name === 'wrongShape',
    )
  }))
