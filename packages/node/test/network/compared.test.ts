import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Compared, compareNodes, nodesAgree, type NodeStand } from '../../src/network/status.ts'

const stands = (name: string, height: number): NodeStand => ({
  name,
  nodeId: '',
  height,
  timeMs: 0,
  lagMs: 0,
  appHash: '',
  catchingUp: false,
  peers: [],
  power: 10,
})

/** What comes of asking nodes of which each gives this app hash in its header, or none. */
async function compared(...nodes: readonly (readonly [NodeStand, string | undefined])[]) {
  const asked: (readonly [number, number])[] = []
  const agreement = await compareNodes(
    nodes.map(([node]) => node),
    async (place, height) => {
      asked.push([place, height])
      return nodes[place]?.[1]
    },
  )
  return { agreement, asked, agree: nodesAgree({ agreement }) }
}

describe('nodes that are compared', () => {
  it('[STAND-1] agree when all that answer have one app hash at the last height of the furthest behind', async () => {
    const down = { name: 'n2', trouble: 'no answer' }
    const { agreement, asked, agree } = await compared([stands('n0', 9), 'aa'], [down, 'bb'], [stands('n1', 7), 'aa'])
    assert.deepEqual(agreement, { height: 7, appHashes: ['aa'], notCompared: [] } satisfies Compared)
    assert.deepEqual(asked, [
      [0, 7],
      [2, 7],
    ])
    assert.equal(agree, true)
  })

  it('[STAND-1] do not agree when one of them has another, gives none, or has no block yet', async () => {
    const other = await compared([stands('n0', 9), 'bb'], [stands('n1', 7), 'aa'])
    assert.deepEqual([other.agreement?.appHashes, other.agree], [['aa', 'bb'], false])
    const pruned = await compared([stands('n0', 9), undefined], [stands('n1', 7), 'aa'])
    assert.deepEqual([pruned.agreement?.notCompared, pruned.agree], [['n0'], false])
    const empty = await compared([stands('n0', 9), 'aa'], [stands('n1', 0), undefined])
    assert.deepEqual([empty.agreement?.height, empty.agreement?.notCompared, empty.agree], [9, ['n1'], false])
  })

  it('[STAND-1] agree on nothing while none of them has a block', async () => {
    assert.deepEqual(await compared([stands('n0', 0), undefined]), { agreement: undefined, asked: [], agree: false })
  })
})
