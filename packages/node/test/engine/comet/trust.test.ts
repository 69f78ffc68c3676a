import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { genesisValidators } from '@dujiang/chain'
import { signerOf } from '@dujiang/testing/trivial'
import { Archive } from '../../../src/engine/comet/archive.ts'
import { Seats } from '../../../src/engine/comet/seats.ts'
import { Trust } from '../../../src/engine/comet/trust.ts'
import { MemoryJournals } from '../../../src/store/index.ts'
import { drivenRig } from './decided-rig.ts'

describe('the way to those who sign', () => {
  it('[CMT-15] is empty, and costs no reading, while they are those of the genesis file or are again', async () => {
    const { node, chain, block } = await drivenRig()
    await block()
    const [{ header, commit }] = chain.sealed as [(typeof chain.sealed)[0]]
    const founders = genesisValidators(node.ledger.founded)
    const seats = new Seats(1, founders)
    seats.change(1, [{ publicKey: signerOf('other').publicKey, power: 2 }])
    seats.change(2, founders)
    const archive = await Archive.open(await new MemoryJournals().open('seals'))
    const asked: number[] = []
    archive.get = (height) => {
      asked.push(height)
      return Promise.resolve(undefined)
    }
    const trust = new Trust(node.ledger, archive, seats)
    assert.deepEqual(await trust.to({ header, commit }), [])
    assert.deepEqual(asked, [])
    const stranger = { ...header, validatorsHash: new Uint8Array(32) }
    assert.deepEqual(await trust.to({ header: stranger, commit }), [])
    assert.deepEqual(asked, [2, 3, 3, 4])
  })
})
