import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { network } from '@dujiang/market'
import {
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  gridCompany,
  keyOf,
  personOf,
  regulator,
  validatorOf,
} from '@dujiang/testing/market-fixture'
import { bidder } from '@dujiang/testing/market-session'
import { Reached, repairOneByOne } from '../family-refusals.ts'
import { adding, approve, consortium, powering, propose, removing, withdraw } from './set.ts'

const reached = new Reached(network)
type Request = { readonly by: Person; readonly payload: { readonly change: { readonly [field: string]: unknown } } }

describe('a change of the validators is refused', () => {
  const changing = (request: Request, over: object): Request => ({
    ...request,
    payload: { change: { ...request.payload.change, ...over } },
  })
  const run = (market: TestMarket) => (request: Request) => market.run(request.by, propose, request.payload)

  it('[NETWORK-2] as a further validator, in order', () => {
    const market = consortium(2, 2, 2, 2)
    const outsider = bidder(market, 'OUT', 'buy')
    repairOneByOne(
      reached,
      { by: exchange, payload: adding('OUT') } as Request,
      [
        ['runsNoValidator', (r) => ({ ...r, by: outsider })],
        ['validatorExists', (r) => changing(r, { key: validatorOf('REG').key })],
        ['validatorKeyUnusable', (r) => changing(r, { key: '00'.repeat(32) })],
        ['validatorOrgUnknown', (r) => changing(r, { org: 'NOBODY' })],
        ['powerOdd', (r) => changing(r, { power: 3 })],
        ['controllerTooStrong', (r) => changing(r, { controller: 'GRID' })],
      ],
      run(market),
    )
  })

  it('[NETWORK-3] with ten proposals of the organisation open', () => {
    const market = consortium(2, 2, 2, 2)
    for (let open = 0; open < 10; open++) market.must(exchange, propose, removing('GRID'))
    reached.expect(market.run(exchange, propose, adding('SCPX', { key: validatorOf('REG').key })), 'proposalsMany')
    assert.equal(market.run(dispatcher, propose, removing('GRID')).refusal, undefined)
  })

  it('[NETWORK-2] with a hundred validators', () => {
    const hundred = Array.from({ length: 100 }, (_, at) =>
      validatorOf('SCPX', { key: validatorOf(`V${at}`).key, controller: `C${at}`, power: 2 }),
    )
    const market = new TestMarket({ validators: hundred })
    reached.expect(market.run(exchange, propose, adding('REG', { controller: 'C0', power: 1_000 })), 'validatorsMany')
  })

  it('[NETWORK-8] as a removal, [NETWORK-7] as a higher power, [NETWORK-2] as an odd one, in order', () => {
    const market = consortium(4)
    const unknown = { key: validatorOf('X').key }
    const request = (payload: object) => ({ by: exchange, payload }) as Request
    reached.expect(run(market)(changing(request(removing('SCPX')), unknown)), 'validatorUnknown')
    reached.expect(run(market)(request(removing('SCPX'))), 'lastValidator')
    reached.expect(run(market)(changing(request(powering('SCPX', 6)), unknown)), 'validatorUnknown')
    reached.expect(run(market)(request(powering('SCPX', 6))), 'controllerTooStrong')
    const four = consortium(2, 2, 2, 2)
    reached.expect(run(four)(request(powering('SCPX', 3))), 'powerOdd')
  })

  it('[NETWORK-2] out of shape with a power of 0 or above a million, an empty controller or name', () => {
    const market = consortium(2, 2, 2, 2)
    for (const over of [{ power: 0 }, { power: 1_000_001 }, { controller: '' }, { name: '' }, { kind: 'swap' }]) {
      assert.equal(market.run(exchange, propose, adding('REG', over)).refusal, 'wrongShape', JSON.stringify(over))
    }
  })
})

describe('an approval is refused', () => {
  it('[NETWORK-4] in order, and so is taking it back', () => {
    const market = consortium(2, 2, 2, 2)
    const outsider = bidder(market, 'OUT', 'buy')
    const { id } = market.must(exchange, propose, removing('GRID'))
    const proposal = { proposal: id }
    reached.expect(market.run(outsider, approve, { proposal: '0'.repeat(64) }), 'validatorProposalUnknown')
    reached.expect(market.run(outsider, approve, proposal), 'runsNoValidator')
    reached.expect(market.run(exchange, approve, proposal), 'alreadyApproved')
    reached.expect(market.run(regulator, withdraw, { proposal: '0'.repeat(64) }), 'validatorProposalUnknown')
    reached.expect(market.run(regulator, withdraw, proposal), 'notApproved')
    market.must(regulator, approve, proposal)
    market.must(gridCompany, approve, proposal)
    assert.equal(market.run(dispatcher, approve, proposal).refusal, 'validatorProposalUnknown')
  })

  it('[NETWORK-4] for a key that is too new, before it is looked at whether the organisation has approved', () => {
    const market = consortium(2, 2, 2, 2)
    const late = personOf('SCPX', 'late')
    const { id } = market.must(exchange, propose, removing('GRID'))
    market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(late) })
    reached.expect(market.run(late, approve, { proposal: id }), 'approvalKeyTooNew')
  })

  after(() => assert.deepEqual(reached.missing(), [], 'refusals of the network that no row has reached'))
})
