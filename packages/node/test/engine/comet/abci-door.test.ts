import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { AbciDoor } from '../../../src/engine/comet/abci-door.ts'
import { KnownActs } from '../../../src/engine/comet/known-acts.ts'
import { Client, appWith, finalizeBlock } from './abci/rig.ts'
import { DrivenNode } from './decided-rig.ts'
import { Rig } from '../rig.ts'

describe('the door of the engine', () => {
  it('[CMT-2] closes while a block waits for a verdict that never comes, and reports nothing of its own', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'dujiang-door-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const rig = new Rig()
    const { ledger } = await DrivenNode.open(rig)
    const asked = Promise.withResolvers<void>()
    const dead = { check: () => (asked.resolve(), () => undefined), close: () => Promise.resolve() }
    const known = new KnownActs(ledger, dead, 10)
    const failures: unknown[] = []
    const door = new AbciDoor(join(folder, 's'), { onFailure: (cause) => failures.push(cause) })
    await door.answerBy(
      appWith({
        finalizeBlock: async () => {
          await known.judgeNow(rig.mix(1))
          throw new Error('it was judged')
        },
      }),
    )
    const client = new Client(connect(join(folder, 's')))
    client.send(finalizeBlock(1))
    await asked.promise
    known.abandon()
    await door.close()
    assert.deepEqual(failures, [])
  })
})
