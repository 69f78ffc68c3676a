import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Misbehaviour, addressOf } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket, misbehaviours } from '@dujiang/market'
import { type TestMarket, dispatcher, exchange, regulator, validatorOf } from '@dujiang/testing/market-fixture'
import { carry, consortium, powersOf, removing } from './set.ts'

const addressOfOrg = (org: string): string => toHex(addressOf(nodeCrypto.sha256, fromHex(validatorOf(org).key)))
const doubleVote = (org: string, height: number): Misbehaviour => ({
  kind: 'duplicateVote',
  address: addressOfOrg(org),
  height,
  timeMs: 1_800_000_000_500,
  power: 2,
  totalPower: 8,
})

/** The next block, in which the engine hands over these faults. */
function blockWith(market: TestMarket, ...misbehaviour: readonly Misbehaviour[]) {
  const executed = market.ledger.execute({ timeMs: market.nowMs + 1_000, txs: [], misbehaviour })
  market.ledger.advance(executed)
  return executed.recorded
}

describe('a validator’s fault', () => {
  it('[NETWORK-10] is put on record with the validator and its organisation, and changes no power', () => {
    const market = consortium(2, 2, 2, 2)
    const [recorded] = blockWith(market, doubleVote('GRID', 7))
    const { key } = validatorOf('GRID')
    assert.deepEqual([recorded?.receipt.kind, recorded?.receipt.act], ['due', 'chain.misbehaviour'])
    assert.deepEqual(recorded?.events, [
      {
        name: 'validatorMisbehaved',
        data: { fault: 'duplicateVote', address: addressOfOrg('GRID'), height: 7, key, org: 'GRID' },
      },
    ])
    assert.deepEqual(
      [...misbehaviours.entries(market.ledger.view(), addressOfOrg('GRID'))],
      [
        [
          '0000000000000007',
          {
            kind: 'duplicateVote',
            timeMs: 1_800_000_000_500,
            power: 2,
            totalPower: 8,
            recordedHeight: 1,
            key,
            org: 'GRID',
          },
        ],
      ],
    )
    assert.deepEqual(powersOf(market), { SCPX: 2, DISP: 2, REG: 2, GRID: 2 })
  })

  it('[NETWORK-10] stays to be counted in the blocks after it, once for one height', () => {
    const market = consortium(2, 2, 2, 2)
    const { faultsOnRecord } = doorsOf(dujiangMarket())
    const count = (): number => faultsOnRecord(market.ledger.view())
    assert.equal(count(), 0)
    blockWith(market, doubleVote('GRID', 7))
    blockWith(market, doubleVote('GRID', 7))
    assert.equal(count(), 1)
    blockWith(market, doubleVote('GRID', 8), doubleVote('REG', 8))
    blockWith(market)
    assert.equal(count(), 3)
  })

  it('[NETWORK-10] stops nothing when it is a validator’s that is none any more, or nobody’s', () => {
    const market = consortium(2, 2, 2, 2)
    carry(market, removing('GRID'), [exchange, dispatcher, regulator])
    const recorded = blockWith(market, doubleVote('GRID', 2), { ...doubleVote('GRID', 2), address: '00'.repeat(20) })
    assert.deepEqual(
      recorded.map(({ events }) => [events[0]?.name, events[0]?.data['org']]),
      [
        ['validatorMisbehaved', undefined],
        ['validatorMisbehaved', undefined],
      ],
    )
    assert.equal([...misbehaviours.rows(market.ledger.view())].length, 2)
  })

  it('[NETWORK-10] proved twice for one height has two receipts and one row, the first', () => {
    const market = consortium(2, 2, 2, 2)
    const again = { ...doubleVote('REG', 5), timeMs: 1 }
    const first = blockWith(market, doubleVote('REG', 5), again)
    assert.equal(new Set(first.map(({ receipt }) => receipt.id)).size, 2)
    blockWith(market, again)
    assert.deepEqual(
      [...misbehaviours.rows(market.ledger.view())].map(({ timeMs, recordedHeight }) => [timeMs, recordedHeight]),
      [[1_800_000_000_500, 1]],
    )
  })
})
