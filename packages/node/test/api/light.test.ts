import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { headerHash } from '@dujiang/chain'
import { LightClient, NodeProvider } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { LedgerNode } from '../../src/service/index.ts'
import { type ApiRig, exchange, withRig } from './rig.ts'

const named = (name: string) => ({ sequence: name, name })

/** Three blocks with an act each. */
async function threeBlocks(rig: ApiRig): Promise<void> {
  for (const name of ['Q', 'R', 'S']) {
    await rig.must(exchange, 'auction.sequence.open', named(name))
    await rig.pass(1_000)
  }
}

/** A node that has kept but some of its headers. */
function keeping(node: LedgerNode, kept: readonly number[]): LedgerNode {
  const lightBlock = (height?: number) => {
    return node.lightBlock(height === undefined ? height : kept.findLast((one) => one <= height))
  }
  return new Proxy(node, {
    get: (target, name) => {
      if (name === 'lightBlock') return lightBlock
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

describe('headers for light clients', () => {
  it('[API-20] are given by height and the newest, and a light client believes them', () =>
    withRig({}, async (rig) => {
      await threeBlocks(rig)
      const source = () => new NodeProvider(rig.api.url, { timing: rig.timing })
      const light = new LightClient({
        genesis: rig.market.genesisBytes,
        crypto: nodeCrypto,
        primary: source(),
        witnesses: [source()],
        trustingPeriodMs: 86_400_000,
        timing: rig.timing,
      })
      const newest = await light.newest()
      const block = await rig.node.block(newest.header.height)
      assert.deepEqual(newest.header, block?.header)
      assert.equal((await rig.get('/v1/light/1')).json.header.height, 1)

      const file = (await rig.client().proveState('auction/sequence/Q')) as Uint8Array
      const verified = await light.verifyState(file, 'auction/sequence/Q')
      assert.ok(verified.ok, JSON.stringify(verified))
      assert.deepEqual(verified.trusts, [])
      const ofAnother = await light.verifyState(file, 'auction/sequence/R')
      assert.ok(!ofAnother.ok && ofAnother.step === 'form')
    }))

  it('[API-20] name the nearest kept below where a height is not kept', () =>
    withRig({ over: (node) => keeping(node, [1]) }, async (rig) => {
      await threeBlocks(rig)
      const { status, json } = await rig.get('/v1/light/3')
      assert.equal(status, 404)
      assert.deepEqual([json.error.name, json.error.facts], ['lightBlockUnknown', { height: 3, below: 1 }])
      const found = await new NodeProvider(rig.api.url).lightBlock(3)
      const first = await rig.node.block(1)
      assert.equal(
        toHex(headerHash(nodeCrypto.sha256, found!.header)),
        toHex(headerHash(nodeCrypto.sha256, first!.header)),
      )
    }))

  it('[API-20] are refused where there are none', () =>
    withRig({ over: (node) => keeping(node, []) }, async (rig) => {
      for (const height of ['0', '-1', '01', 'first', '9999999999999999']) {
        assert.equal((await rig.get(`/v1/light/${height}`)).status, 400, height)
      }
      for (const height of ['latest', '1', '999999999999999']) {
        assert.equal((await rig.get(`/v1/light/${height}`)).status, 404, height)
      }
      assert.equal(await new NodeProvider(rig.api.url).lightBlock(), undefined)
    }))
})
