import assert from 'node:assert/strict'
import { copyFile, cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Body, idOf } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { homePaths, notedEngine } from '@dujiang/node/network'
import { tlsFetch } from '../../src/online/tls-fetch.ts'
import { Folders } from '../export-rig.ts'
import { type Ran, dujiang } from '../run.ts'
import { freeze } from './frozen.ts'
import { LocalNetwork, missing } from './local-network.ts'

const PATIENCE_MS = 240_000

const idIn = (act: Uint8Array): string => {
  const { body } = JSON.parse(new TextDecoder().decode(act)) as { readonly body: Body }
  return idOf(nodeCrypto.sha256, body)
}

/** What a node answers who waits for an act. */
interface Told {
  readonly status: number
  readonly error?: { readonly name: string }
  readonly id?: string
}

/** What status says of a node; nothing of one that gave no answer in time. */
interface Stood {
  readonly power?: number
  readonly alarm?: boolean
}

describe('dujiang network local', { skip: missing }, () => {
  const folders = new Folders()
  let network: LocalNetwork

  before(async () => {
    network = await LocalNetwork.start(await folders.make('n'), '--tls')
  })
  after(async () => {
    await network.end()
    await folders.remove()
  })

  const online = (org: string, ...args: readonly string[]): Promise<Ran> => {
    const tls = join(network.dir, 'keys', org)
    return dujiang(['network', 'validator', ...args, '--node', `https://127.0.0.1:${network.first}`, '--tls', tls])
  }
  const keyOf = (name: string): string => join(network.dir, 'people', `${name}.json`)

  it('[STAND-2] runs four organisations on one machine; status says that they agree and are well', async () => {
    let ran: Ran
    const endMs = performance.now() + PATIENCE_MS
    // On a busy machine a node or its supervisor may answer later than a look at them waits.
    do ran = await network.status()
    while (ran.status !== 0 && performance.now() < endMs)
    assert.equal(ran.status, 0, ran.out + ran.err)
    const said: { readonly nodes: readonly Stood[]; readonly app_hashes: readonly string[] } = JSON.parse(ran.out)
    assert.equal(said.app_hashes.length, 1)
    assert.deepEqual(
      said.nodes.map(({ power, alarm }) => [power, alarm]),
      Array(4).fill([10, false]),
    )
  })

  it('changes validators by a decision of those who run one, over TLS', async () => {
    const proposed = await online('SCPX', 'propose', 'power', 'SCYH', '8', '--key', keyOf('SCPX-zhang'))
    assert.equal(proposed.status, 0, proposed.err)
    const { id } = JSON.parse(proposed.out)
    const before = JSON.parse((await online('SCPX', 'list', '--json')).out)
    assert.deepEqual(
      before.proposals.map((each: { id: string }) => each.id),
      [id],
    )
    const approvals = ['DADUHE-bidder', 'HUADIAN-bidder'].map(async (person) => {
      const approved = await online('DADUHE', 'approve', id, '--key', keyOf(person))
      assert.equal(approved.status, 0, approved.err)
    })
    await Promise.all(approvals)
    const { validators, proposals } = JSON.parse((await online('SCPX', 'list', '--json')).out)
    assert.deepEqual(proposals, [])
    assert.equal(validators.find(({ org }: { org: string }) => org === 'SCYH').power, 8)
  })

  it('[WIT-6] proves a receipt together with what a node of another organisation vouches for', async () => {
    const own = ['--node', `https://127.0.0.1:${network.first}`, '--tls', join(network.dir, 'keys/SCPX')]
    const { receipt } = JSON.parse((await dujiang(['watch', '--after', '-1', '--count', '1', '--json', ...own])).out)
    const card = join(network.dir, 'keys/HUADIAN/card.json')
    const [proof, checkpoint] = [join(network.dir, 'proof.json'), join(network.dir, 'checkpoint.json')]
    const to = ['-o', proof, '--witness', card, '--checkpoint-to', checkpoint]
    const proved = await dujiang(['prove', receipt.id, ...to, ...own])
    assert.equal(proved.status, 0, proved.err)
    const genesis = join(network.dir, 'public/genesis.json')
    const witness = ['--checkpoint', checkpoint, '--witness', card]
    const verified = await dujiang(['verify', proof, '--genesis', genesis, ...witness])
    assert.equal(verified.status, 0, verified.out)
    assert.match(verified.out, /✓ the checkpoints given vouch for it/)
    assert.match(verified.out, /they too would have to have lied\):\n {2}HUADIAN /)
  })

  it('[CARD-9] takes over a new certificate while it runs', async () => {
    const [keys, home] = [join(network.dir, 'keys/HUADIAN'), network.home('HUADIAN')]
    const issued = await dujiang(['network', 'certificate', '--keys', keys])
    assert.equal(issued.status, 0, issued.err)
    for (const name of ['tls.crt', 'tls.key']) await copyFile(join(keys, name), join(home, 'tls', name))
    while (!/^took over the certificates/m.test(await readFile(join(home, 'logs/app.log'), 'utf8'))) await delay(50)
    const api = `https://127.0.0.1:${network.first + 20}`
    const asked = await dujiang(['query', 'status', '--node', api, '--tls', join(network.dir, 'keys/SCPX')])
    assert.equal(asked.status, 0, asked.err)
  })

  it('[CARD-13] shuts a stolen certificate out of a node that was told of a new authority, and nobody else', async () => {
    const [keys, stolen] = ['SCYH', 'stolen'].map((name) => join(network.dir, 'keys', name)) as [string, string]
    await cp(keys, stolen, { recursive: true })
    const asks = async (tls: string): Promise<number | null> =>
      (await dujiang(['query', 'status', '--node', `https://127.0.0.1:${network.first}`, '--tls', tls])).status
    assert.equal(await asks(stolen), 0)
    const files = ['--consortium', join(network.dir, 'public')]
    for (const args of [
      ['certificate', '--keys', keys, '--new-authority'],
      ['admit', join(keys, 'card.json'), ...files],
      ['peers', network.home('SCPX'), ...files],
    ]) {
      const done = await dujiang(['network', ...args])
      assert.equal(done.status, 0, done.err)
    }
    const log = join(network.home('SCPX'), 'logs/app.log')
    while (!/^took over the certificates/m.test(await readFile(log, 'utf8'))) await delay(50)
    assert.deepEqual(await Promise.all([asks(stolen), asks(keys)]), [2, 0])
  })

  it('[CARD-7] restarts nodes one after the other, and waits until each is back', async () => {
    const homes = ['DADUHE', 'HUADIAN'].map((org) => network.home(org))
    const engines = (): Promise<readonly unknown[]> =>
      Promise.all(homes.map((home) => notedEngine(homePaths(home).children)))
    const before = await engines()
    const restarted = await dujiang(['network', 'restart', ...homes])
    assert.equal(restarted.status, 0, restarted.err)
    assert.match(restarted.out, /^DADUHE is back, at height \d+, .*\nHUADIAN is back, at height \d+, .*\n$/)
    const after = await engines()
    for (const [at, engine] of after.entries()) assert.notDeepEqual(engine, before[at])
  })

  /** A signed act, made without a node. */
  async function signedAct(): Promise<Uint8Array> {
    const out = join(network.dir, 'act.json')
    const change = { kind: 'power', key: '00'.repeat(32), power: 8 }
    const asked = { act: 'network.validator.propose', payload: { change } }
    const [key, genesis] = [keyOf('SCPX-zhang'), join(network.dir, 'public/genesis.json')]
    const signed = await dujiang(['submit', '-', '--key', key, '--genesis', genesis, '--sign-to', out], {
      stdin: JSON.stringify(asked),
    })
    assert.equal(signed.status, 0, signed.err)
    return Uint8Array.from(await readFile(out))
  }

  it('[CARD-6] ends all with one signal; whoever waits for a block that cannot come has an answer', async () => {
    const act = await signedAct()
    const goOn = await Promise.all(['HUADIAN', 'SCYH'].map((org) => freeze(network.home(org))))
    // Nobody who is left could vote for a block with this act.
    const url = `https://127.0.0.1:${network.first}`
    const ask = tlsFetch(join(network.dir, 'keys/SCPX'))
    const headers = { 'content-type': 'application/json' }
    const sent = async (): Promise<Told> => {
      for (;;) {
        const answer = await ask(`${url}/v1/acts`, { method: 'POST', headers, body: act as Uint8Array<ArrayBuffer> })
        const told = { status: answer.status, ...((await answer.json()) as Omit<Told, 'status'>) }
        // A node whose last block came late takes nothing in for a moment.
        if (told.error?.name !== 'catchingUp') return told
        await delay(50)
      }
    }
    const bothWait = async (): Promise<void> => {
      for (;;) {
        const { pending } = (await (await ask(`${url}/v1/status`)).json()) as { readonly pending: number }
        if (pending >= 2) return
        await delay(50)
      }
    }
    const answers = Promise.all([sent(), sent()])
    const tooEarly = answers.then((told) => assert.fail(`answered before the end: ${JSON.stringify(told)}`))
    await Promise.race([bothWait(), tooEarly])
    const stopped = dujiang(['network', 'stop', network.home('SCPX')])
    for (const told of await answers) {
      assert.deepEqual([told.status, told.error?.name, told.id], [503, 'stopping', idIn(act)])
    }
    for (const go of goOn) go()
    assert.equal((await stopped).status, 0, (await stopped).err)
    assert.equal(await network.ended, 0)
    assert.equal((await network.status()).status, 1)
  })
})
