import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Cluster, Floor, cometHere, marketFounding } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const ORDERS = 2

describe('the same bytes at another node', { skip }, () => {
  let cluster: Cluster

  before(async () => {
    cluster = await Cluster.start({
      validators: 4,
      application: 'market',
      genesis: marketFounding,
      cometbft,
      form: 'inside',
    })
  })
  after(() => cluster.close())

  it('[API-5] are answered with the first receipt, alone and in bulk, also when they are sent to all at once', async () => {
    const floor = await Floor.open(cluster.clientOf(0), ORDERS)
    // Not yet open: what is refused has a receipt too, and who announces it need not hurry.
    const opensMs = Date.now() + 600_000
    await floor.announce('R', { opensMs, gateMs: opensMs + 600_000 }, ORDERS)
    const orders: Uint8Array[] = []
    for (let at = 0; at < ORDERS; at++) orders.push(await floor.order(cluster.clientOf(0), at, 'R'))
    const clients = cluster.members.map((_, at) => cluster.clientOf(at))
    const first = await Promise.all(clients.map((client) => client.submitMany(orders)))
    const again = await Promise.all(clients.map((client) => client.submitMany(orders)))
    const alone = await Promise.all(clients.map((client) => client.submit(orders[0] as Uint8Array)))
    for (const [at] of orders.entries()) {
      const receipts = [...first, ...again].map((answers) => answers[at])
      for (const each of receipts) {
        assert.ok(each !== undefined && 'receipt' in each, JSON.stringify(each))
        assert.deepEqual(each.receipt, (receipts[0] as typeof each).receipt)
      }
      for (const answers of again) assert.equal((answers[at] as { repeated?: boolean }).repeated, true)
    }
    for (const each of alone) assert.equal(each.repeated, true)
  })
})
