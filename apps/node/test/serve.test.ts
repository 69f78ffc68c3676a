import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Client } from '@dujiang/client'
import { ClientDesk } from '../src/client-desk.ts'
import { foundIn } from '../src/found.ts'
import { serve } from '../src/serve.ts'
import { Trouble } from '../src/trouble.ts'

const root = mkdtempSync(join(tmpdir(), 'dujiang-app-'))
after(() => rmSync(root, { recursive: true, force: true }))

describe('the sample ledger', () => {
  const dir = join(root, 'ledger')

  it('is founded once, and recovers at the height and app hash it was closed at', async () => {
    const first = foundIn(dir)
    assert.equal(first.existed, false)
    const served = await serve(dir, first)
    const desk = new ClientDesk(new Client({ nodes: [served.url] }), first.keys)
    const by = { org: 'SCPX', person: 'zhang' }
    const act = 'auction.sequence.open'
    const answers = await desk.send([1, 2, 3].map((n) => ({ by, act, payload: { sequence: `Q${n}`, name: 'q' } })))
    assert.ok(answers.every(({ refusal }) => refusal === undefined))
    await new Client({ nodes: [served.url] }).waitProvable(answers[2]?.id as string)
    const { height, appHash } = served.node.status()
    await served.close()

    const second = foundIn(dir)
    assert.equal(second.existed, true)
    assert.deepEqual(second.genesisBytes, Buffer.from(first.genesisBytes))
    const again = await serve(dir, second)
    assert.deepEqual([again.node.status().height, again.node.status().appHash], [height, appHash])
    await again.close()
  })

  it('keeps its secrets for its owner alone', () => {
    assert.equal(statSync(join(dir, 'demo-keys.json')).mode & 0o777, 0o600)
  })

  it('refuses a folder in use, naming the process', async () => {
    const served = await serve(dir, foundIn(dir))
    await assert.rejects(serve(dir, foundIn(dir)), (error: Error) => {
      return error instanceof Trouble && error.message.includes(String(process.pid))
    })
    await served.close()
  })

  it('takes the next free port, but of a port that is asked for only that one', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { readonly port: number }
    await assert.rejects(serve(dir, foundIn(dir), port), Trouble)
    await new Promise((resolve) => other.close(resolve))
    const served = await serve(dir, foundIn(dir), port)
    assert.equal(served.url, `http://127.0.0.1:${port}`)
    await served.close()
  })

  it('is not founded in a folder that holds something else', () => {
    const foreign = mkdtempSync(join(root, 'foreign-'))
    writeFileSync(join(foreign, 'letters.txt'), 'mine')
    assert.throws(() => foundIn(foreign), Trouble)
  })
})
