import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { bulletins, sessions } from '@dujiang/market'
import {
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
} from '@dujiang/testing/market-fixture'
import { bidder, openSession } from '@dujiang/testing/market-session'

const { sha256 } = nodeCrypto

/** A market in which session S has been cleared. */
function cleared(): TestMarket {
  const market = new TestMarket()
  const { gateMs } = openSession(market, 'S', [bidder(market, 'G1', 'sell')])
  market.block([], gateMs)
  return market
}

/** What one must name to approve the bulletin of S. */
function approvalOf(market: TestMarket) {
  const view = market.ledger.view()
  const [result, bulletin] = [sessions.get(view, 'S')?.result, bulletins.get(view, 'S')?.digest]
  return { session: 'S', result: result as string, bulletin: bulletin as string }
}

describe('from the gate to the bulletin', () => {
  it('[AUCTION-13] an unconstrained result is published only after the check, by two people', () => {
    const market = cleared()
    const status = () => sessions.get(market.ledger.view(), 'S')?.status
    const result = sessions.get(market.ledger.view(), 'S')?.result as string
    const bulletin = { session: 'S', result, number: '1', text: '公告' }
    assert.equal(market.run(exchange, 'auction.bulletin.prepare', bulletin).refusal, 'statusIs')
    market.must(dispatcher, 'auction.check.pass', { session: 'S', result, remark: '' })
    assert.equal(status(), 'checked')
    assert.equal(market.run(dispatcher, 'auction.check.pass', { session: 'S', result, remark: '' }).refusal, 'statusIs')
    market.must(exchange, 'auction.bulletin.prepare', bulletin)
    market.must(exchangeOther, 'auction.bulletin.approve', approvalOf(market))
    assert.equal(status(), 'published')
    assert.equal(toHex(market.twin().tip.appHash), toHex(market.ledger.tip.appHash))
  })
})

describe('the bulletin', () => {
  const text = { number: '1', text: '公告' }
  function checked() {
    const market = cleared()
    const result = sessions.get(market.ledger.view(), 'S')?.result as string
    market.must(dispatcher, 'auction.check.pass', { session: 'S', result, remark: '' })
    const prepare = (by: Person, over: Partial<typeof text> = {}) =>
      market.run(by, 'auction.bulletin.prepare', { session: 'S', result, ...text, ...over }).refusal
    const approve = (by: Person, approval = approvalOf(market)) =>
      market.run(by, 'auction.bulletin.approve', approval).refusal
    return { market, prepare, approve }
  }

  it('[AUCTION-14] with a mistake in it is prepared anew, by the other person too, who then cannot approve it', () => {
    const { market, prepare, approve } = checked()
    prepare(exchange, { text: '错' })
    const mistaken = approvalOf(market)
    assert.equal(prepare(exchangeOther), undefined)
    assert.equal(bulletins.get(market.ledger.view(), 'S')?.preparedBy, exchangeOther.person)
    assert.equal(approve(exchangeOther), 'samePerson')
    assert.equal(approve(exchange, mistaken), 'bulletinDiffers')
    assert.equal(approve(exchange), undefined)
    assert.equal(prepare(exchange), 'statusIs')
    assert.deepEqual([...market.ledger.view().scan('chain/sequence/auction.S/')], [])
  })

  it('[AUCTION-14] its digest is SHA-256 of the canonical JSON of number and text', () => {
    const { market, prepare } = checked()
    prepare(exchange)
    assert.equal(approvalOf(market).bulletin, toHex(sha256(new TextEncoder().encode('{"number":"1","text":"公告"}'))))
  })

  it('[AUCTION-14] is not approved by a person whose key came on record after it was prepared, or in its block', () => {
    const { market, prepare, approve } = checked()
    const ghosts = ['ghost1', 'ghost2', 'old'].map((person) => personOf('SCPX', person))
    const [inBlock, later, old] = ghosts as [Person, Person, Person]
    const add = (ghost: Person) => market.act(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(ghost) })
    const { result } = approvalOf(market)
    market.block([add(old)])
    market.block([market.act(exchange, 'auction.bulletin.prepare', { session: 'S', result, ...text }), add(inBlock)])
    market.block([add(later)])
    assert.deepEqual([approve(inBlock), approve(later)], ['keyTooNew', 'keyTooNew'])
    assert.equal(approve(old), undefined)
    assert.equal(prepare(exchange), 'statusIs')
  })
})
