import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Client, type Fetch } from '@dujiang/client'
import { exchange, withRig } from './rig.ts'

const RECEIPTS = 60

it('[CLIENT-8] [API-27] resumes a narrowed stream where it was cut, also in the middle of what it does not wish for', () =>
  withRig({}, async (rig) => {
    const acts = Array.from({ length: RECEIPTS }, (_, i) =>
      i % 10 === 9
        ? rig.market.act(exchange, 'auction.sequence.open', { sequence: `Q${i}`, name: 'n' })
        : rig.market.act(exchange, 'members.unit.register', { unit: `U${i}`, name: 'n', org: 'NONE', side: 'buy' }),
    )
    for (const act of acts) await rig.node.submit(act)
    const starts: number[] = []
    let asked = 0
    const cut: Fetch = async (input, init) => {
      const { searchParams } = new URL(String(input as string))
      starts.push(Number(searchParams.get('after')))
      const response = await fetch(input, init)
      let left = 400 + 61 * ++asked
      const broken = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          controller.enqueue(chunk.subarray(0, left))
          left -= chunk.length
          if (left <= 0) controller.error(new Error('connection reset'))
        },
      })
      return new Response(response.body?.pipeThrough(broken), { status: response.status })
    }
    const client = new Client({ nodes: [rig.api.url], timing: rig.timing, fetch: cut })
    const stop = new AbortController()
    const got: number[] = []
    for await (const listed of client.stream({ after: -1, act: 'auction.sequence.open', signal: stop.signal })) {
      got.push('receipt' in listed ? listed.receipt.index : Number.NaN)
      if (got.length === RECEIPTS / 10) stop.abort()
    }
    assert.deepEqual(got, [9, 19, 29, 39, 49, 59])
    assert.ok(starts.length > 2, String(starts))
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    )
  }))
