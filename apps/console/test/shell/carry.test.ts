import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { type Client, type Committed, Refused, Unreachable } from '@dujiang/client'
import { carryToReceipt } from '../../src/api/carry.ts'
import type { ActState } from '../../src/api/sending.ts'
import { nextSequence } from '../../src/kept/sequence.ts'

const signed = { id: 'it', bytes: new Uint8Array(1), expires: 7 }
const receipt = (more: object) =>
  ({ state: 'committed', id: 'it', receipt: { code: 0, ...more } }) as unknown as Committed
const accepted = { state: 'accepted', id: 'it', intake: {} } as unknown as Committed

/** Answers one after another; an error is thrown. */
function clientWith(answers: readonly (Committed | Error)[]): { readonly client: Client; readonly asked: string[] } {
  const left = [...answers]
  const asked: string[] = []
  const next = (name: string) => (): Promise<Committed> => {
    asked.push(name)
    const answer = left.shift()
    return answer instanceof Error || answer === undefined ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const client = { submitAccepted: next('accepted'), untilCommitted: next('committed') } as unknown as Client
  return { client, asked }
}

async function carried(
  client: Client,
  again = false,
  letGo: () => void = () => {},
  own = client,
): Promise<readonly string[]> {
  const steps: string[] = []
  const on = (state: ActState): ActState => {
    steps.push(state.step === 'refused' ? `refused ${state.why.name}` : state.step)
    return state
  }
  await carryToReceipt({ all: () => client, own: () => own }, signed, again, on, letGo)
  return steps
}

describe('an act on its way', () => {
  it('is taken in, then committed; one that a node may have had is asked about at once', async () => {
    const { client, asked } = clientWith([accepted, receipt({})])
    assert.deepEqual(await carried(client), ['signed', 'accepted', 'committed'])
    assert.deepEqual(asked, ['accepted', 'committed'])
    const later = clientWith([receipt({})])
    assert.deepEqual(await carried(later.client, true), ['signed', 'committed'])
    assert.deepEqual(later.asked, ['committed'])
  })

  it('is asked about on and on when nobody can say what became of it, and keeps no other waiting', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const silent = new Unreachable('nobody', undefined)
    const { client } = clientWith([silent, silent, receipt({})])
    const letGo = mock.fn(() => void setImmediate(() => mock.timers.tick(2_000)))
    assert.deepEqual(await carried(client, false, letGo), ['signed', 'lost', 'lost', 'committed'])
    assert.equal(letGo.mock.callCount(), 2)
    mock.timers.reset()
  })

  it('is at its end when it has expired and the own node keeps another ledger, though others are silent', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const wrong = { code: 4, name: 'wrongChain', facts: {}, zh: '', en: '', retry: false }
    const silent = clientWith([new Unreachable('one does not answer', undefined)])
    const own = clientWith([new Refused(409, wrong)])
    const letGo = (): void => void setImmediate(() => mock.timers.tick(2_000))
    assert.deepEqual(await carried(silent.client, true, letGo, own.client), ['signed', 'lost', 'refused wrongChain'])
    mock.timers.reset()
  })

  it('is at its end when it is refused, before the ledger or by it', async () => {
    const expired = { code: 10, name: 'expired', facts: {}, zh: '', en: '', retry: false }
    assert.deepEqual(await carried(clientWith([new Refused(410, expired)]).client), ['signed', 'refused expired'])
  })

  it('makes the next one follow what was accepted of somebody whose clock is ahead', async () => {
    const kept = new Map<string, string>()
    const localStorage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    }
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true })
    const ahead = (Date.now() + 60_000) * 1_000
    const refusal = { name: 'sequenceNotHigher', facts: { last: ahead, sequence: 1 } }
    const { client } = clientWith([receipt({ code: 100, refusal })])
    assert.deepEqual(await carried(client), ['signed', 'refused sequenceNotHigher'])
    assert.deepEqual([nextSequence(), nextSequence()], [ahead + 1, ahead + 2])
  })
})
