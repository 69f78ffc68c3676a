import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { validatorProposals, validators } from '@dujiang/market'
import {
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  gridCompany,
  keyOf,
  personOf,
  regulator,
  validatorOf,
} from '@dujiang/testing/market-fixture'
import {
  adding,
  approve,
  carry,
  consortium,
  openProposals,
  powering,
  powersOf,
  propose,
  removing,
  withdraw,
} from './set.ts'

const DAY_MS = 86_400_000
const engineSet = (market: TestMarket) => market.ledger.tip.validators.afterNext.map(({ power }) => power)

describe('members decide on the validators', () => {
  it('[NETWORK-5] makes a change with more than two thirds of the power, and not with two thirds', () => {
    const six = ['SCPX', 'DISP', 'SCPX', 'DISP', 'REG', 'GRID'].map((org, at) =>
      validatorOf(org, { key: validatorOf(`V${at}`).key, controller: `C${at}`, power: 2 }),
    )
    const market = new TestMarket({ validators: six })
    const { id } = market.must(exchange, propose, adding('REG'))
    // 4 of 6.
    market.must(dispatcher, approve, { proposal: id })
    assert.equal([...validators.rows(market.ledger.view())].length, 6)
    const { events } = market.must(gridCompany, approve, { proposal: id })
    assert.deepEqual(
      events.map(({ name }) => name),
      ['validatorChangeApproved', 'validatorsChanged'],
    )
    assert.equal([...validators.rows(market.ledger.view())].length, 7)
    assert.equal(openProposals(market), 0)
  })

  it('[NETWORK-5] puts out a liar among four by the other three, although each of them then holds a third', () => {
    const market = consortium(2, 2, 2, 2)
    carry(market, removing('GRID'), [exchange, dispatcher, regulator])
    assert.deepEqual(powersOf(market), { SCPX: 2, DISP: 2, REG: 2 })
    assert.deepEqual(engineSet(market), [2, 2, 2])
    // And a fourth can come again.
    carry(market, adding('GRID'), [exchange, dispatcher, regulator])
    assert.deepEqual(engineSet(market), [2, 2, 2, 2])
  })

  it('[NETWORK-5] counts by the set as it is now', () => {
    const market = consortium(4, 4, 4, 4)
    const { id } = market.must(gridCompany, propose, powering('GRID', 2))
    market.must(exchange, approve, { proposal: id })
    carry(market, removing('DISP'), [exchange, regulator, gridCompany])
    // 4 + 4 of 12: too little still, and said so.
    assert.equal(market.run(exchange, approve, { proposal: id }).refusal, 'alreadyApproved')
    carry(market, powering('REG', 2), [exchange, regulator, gridCompany])
    // 4 + 4 of 10 is enough, and nobody has to approve who had not.
    market.must(exchange, approve, { proposal: id })
    assert.deepEqual(powersOf(market), { SCPX: 4, REG: 2, GRID: 2 })
  })

  it('[NETWORK-5] refuses the last approval for what stands against the change now', () => {
    const market = consortium(8, 8, 8, 4)
    const late = market.must(gridCompany, propose, powering('GRID', 8)).id
    market.must(exchange, approve, { proposal: late })
    const another = adding('GRID', { key: validatorOf('X').key, power: 4 })
    carry(market, another, [gridCompany, exchange, dispatcher])
    // With 8 and the further 4, the controller would hold a third.
    const { refusal, facts } = market.run(dispatcher, approve, { proposal: late })
    assert.deepEqual([refusal, facts], ['controllerTooStrong', { controller: 'GRID', power: 12, total: 36 }])
  })

  it('[NETWORK-1] an organisation speaks once, with the power of all its validators', () => {
    const twoOfOne = [validatorOf('DISP', { power: 4 }), validatorOf('DISP', { power: 2, key: validatorOf('X').key })]
    const market = new TestMarket({
      validators: [
        ...twoOfOne.map((each, at) => ({ ...each, controller: `D${at}` })),
        ...['SCPX', 'REG', 'GRID'].map((org) => validatorOf(org, { power: 4 })),
      ],
    })
    const { id } = market.must(exchange, propose, powering('GRID', 2))
    assert.equal(market.run(exchangeOther, approve, { proposal: id }).refusal, 'alreadyApproved')
    market.must(regulator, approve, { proposal: id })
    // 4 + 4 + 6 of 18 is more than two thirds.
    market.must(dispatcher, approve, { proposal: id })
    assert.equal(validators.get(market.ledger.view(), validatorOf('GRID').key)?.power, 2)
  })

  it('[NETWORK-1] a pilot decides alone, and cannot grow past one controller’s third', () => {
    const market = consortium(10)
    market.must(exchange, propose, powering('SCPX', 6))
    assert.deepEqual(powersOf(market), { SCPX: 6 })
    assert.equal(market.run(exchange, propose, adding('REG', { power: 4 })).refusal, 'controllerTooStrong')
    assert.equal(market.run(exchange, propose, removing('SCPX')).refusal, 'lastValidator')
  })

  it('[NETWORK-2] a pilot with an odd power lowers it before another validator comes', () => {
    const market = consortium(11)
    const { refusal, facts } = market.run(exchange, propose, adding('REG'))
    assert.deepEqual([refusal, facts], ['powerOdd', { key: validatorOf('SCPX').key, power: 11 }])
    market.must(exchange, propose, powering('SCPX', 9))
    market.must(exchange, propose, powering('SCPX', 8))
    market.must(exchange, propose, adding('REG'))
    assert.equal(market.run(exchange, propose, powering('SCPX', 7)).refusal, 'powerOdd')
    assert.deepEqual(powersOf(market), { SCPX: 8, REG: 2 })
  })

  it('[NETWORK-7] lets power be lowered although others come to a third by it', () => {
    const market = consortium(6, 6, 6, 6)
    carry(market, powering('GRID', 2), [exchange, dispatcher, regulator])
    assert.equal(market.run(exchange, propose, powering('DISP', 8)).refusal, 'controllerTooStrong')
    carry(market, powering('GRID', 6), [exchange, dispatcher, regulator])
  })

  it('[NETWORK-7] counts all validators of one controller together', () => {
    const market = consortium(6, 6, 6, 6)
    const facts = (payload: object) => market.run(exchange, propose, payload).facts
    assert.deepEqual(facts(adding('REG', { controller: 'GRID', power: 4 })), {
      controller: 'GRID',
      power: 10,
      total: 28,
    })
    assert.equal(market.run(exchange, propose, adding('REG', { controller: 'GRID', power: 2 })).refusal, undefined)
  })

  it('[NETWORK-4] an approval can be taken back, and what nobody approves is dropped', () => {
    const market = consortium(2, 2, 2, 2)
    const { id } = market.must(exchange, propose, removing('GRID'))
    market.must(dispatcher, approve, { proposal: id })
    market.must(exchange, withdraw, { proposal: id })
    assert.deepEqual(validatorProposals.get(market.ledger.view(), id as string)?.approvals, ['DISP'])
    market.must(dispatcher, withdraw, { proposal: id })
    assert.equal(openProposals(market), 0)
    assert.equal(market.run(exchange, approve, { proposal: id }).refusal, 'validatorProposalUnknown')
    // Its lapse was cancelled: it stops nothing.
    market.block([], market.nowMs + 8 * DAY_MS)
  })

  it('[NETWORK-4] an approval needs a key that was on record before the block of the proposal', () => {
    const market = consortium(2, 2, 2, 2)
    const [inBlock, later] = ['new', 'newer'].map((person) => personOf('REG', person)) as [
      typeof exchange,
      typeof exchange,
    ]
    const add = (person: typeof exchange) =>
      market.act(regulator, 'members.key.add', { org: 'REG', key: keyOf(person) })
    const [proposed] = market.block([market.act(exchange, propose, removing('GRID')), add(inBlock)])
    market.block([add(later)])
    for (const person of [inBlock, later]) {
      assert.equal(market.run(person, approve, { proposal: proposed?.id }).refusal, 'approvalKeyTooNew')
    }
    market.must(regulator, approve, { proposal: proposed?.id })
  })

  it('[NETWORK-6] lapses with its approvals at the start of the first block that has reached seven days', () => {
    const market = consortium(2, 2, 2, 2)
    const { id } = market.must(exchange, propose, removing('GRID'))
    const lapsesMs = market.nowMs + 7 * DAY_MS
    market.block([], lapsesMs - 2)
    market.must(dispatcher, approve, { proposal: id }, lapsesMs - 1)
    const { executed } = market.decide([], lapsesMs)
    assert.deepEqual(
      executed.recorded.map(({ receipt, events }) => [receipt.act, events[0]?.name, events[0]?.data['proposal']]),
      [['network.lapse', 'validatorChangeLapsed', id]],
    )
    assert.equal(market.run(regulator, approve, { proposal: id }, lapsesMs).refusal, 'validatorProposalUnknown')
    assert.equal(openProposals(market), 0)
    assert.deepEqual(powersOf(market), { SCPX: 2, DISP: 2, REG: 2, GRID: 2 })
  })

  it('[VAL-1] what a block changes is asked of the engine from the second block after it', () => {
    const market = consortium(4, 4, 4, 4)
    carry(market, powering('GRID', 2), [exchange, dispatcher, regulator])
    const powers = (set: readonly { readonly power: number }[]) => set.map(({ power }) => power).sort((a, b) => a - b)
    const { next, afterNext } = market.ledger.tip.validators
    assert.deepEqual(
      [powers(next), powers(afterNext)],
      [
        [4, 4, 4, 4],
        [2, 4, 4, 4],
      ],
    )
    market.block([])
    assert.deepEqual(powers(market.ledger.tip.validators.next), [2, 4, 4, 4])
    assert.deepEqual(market.twin().tip, market.ledger.tip)
  })
})
