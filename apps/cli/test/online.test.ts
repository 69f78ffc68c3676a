import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { writeGenesis } from '@dujiang/chain'
import { TestMarket, exchange, exchangeOther, personOf } from '@dujiang/testing/market-fixture'
import { freePorts } from '@dujiang/testing/network'
import { Folders, auditor } from './export-rig.ts'
import { keyFileOf } from './key-files.ts'
import { dujiang } from './run.ts'
import { type Serving, serving } from './serving.ts'

describe('dujiang beside a running node', () => {
  const folders = new Folders()
  let dir = ''
  let data = ''
  let genesis = ''
  let key = ''
  let node: ChildProcess | undefined
  let url = ''
  let logged: Serving['logged']
  let metricsPort = 0

  before(async () => {
    dir = await folders.make('online')
    data = join(dir, 'data')
    genesis = join(dir, 'genesis.json')
    // The fixture begins in a year to come; a node on the machine's clock needs one that has begun.
    const fixture = JSON.parse(Buffer.from(new TestMarket().genesisBytes).toString())
    await writeFile(genesis, writeGenesis({ ...fixture, time: 1_700_000_000_000 }))
    key = await keyFileOf(dir, exchange)
    const validator = await keyFileOf(dir, personOf('SCPX', 'node'))
    const start = ['start', '--data', data, '--genesis', genesis, '--key', validator, '--port', '0', '--lang', 'en']
    metricsPort = (await freePorts(1))[0]!
    const started = await serving([...start, '--log-level', 'info', '--metrics', String(metricsPort)])
    node = started.child
    url = started.url
    logged = started.logged
  })
  after(async () => {
    node?.kill('SIGKILL')
    await folders.remove()
  })

  const online = (...args: string[]) => dujiang([...args, '--node', url])
  const act = async (name: string, value: unknown): Promise<string> => {
    const path = join(dir, name)
    await writeFile(path, JSON.stringify(value, null, 2))
    return path
  }
  const opening = (sequence: string) => ({ act: 'auction.sequence.open', payload: { name: '月度', sequence } })

  it('submits an act and ends with 0 when it was accepted, with 1 and the reason when it was refused', async () => {
    const file = await act('open.json', opening('Q1'))
    const first = await online('submit', file, '--key', key)
    assert.equal(first.status, 0, first.err)
    const { state, decision, receipt } = JSON.parse(first.out)
    assert.deepEqual([state, decision.accepted, receipt.code], ['committed', true, 0])
    const second = await online('submit', file, '--key', await keyFileOf(dir, exchangeOther))
    assert.equal(second.status, 1)
    const refused = JSON.parse(second.out).decision
    assert.equal(refused.accepted, false)
    assert.ok(refused.zh !== '' && refused.en !== '')
  })

  it('logs each request as a line of JSON, without what was in it', async () => {
    const line = await logged(/^.*"method":"POST".*"msg":"answered".*\n/m)
    assert.equal(JSON.parse(line).status, 200)
    assert.equal(line.includes('Q1'), false)
  })

  it('[MET-1] shows numbers for Prometheus where it was told to', async () => {
    const shown = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    assert.match(shown, /^dujiang_ledger_height [1-9]\d*$/m)
    assert.match(shown, /^dujiang_http_seconds_count\{.*route="\/v1\/acts".*\} [1-9]\d*$/m)
  })

  it('finds a payload of the wrong shape before it is signed, and names the field', async () => {
    const file = await act('wrong.json', { act: 'auction.sequence.open', payload: { name: '月度', sequence: 7 } })
    const { status, err } = await online('submit', file, '--key', key)
    assert.equal(status, 1)
    assert.match(err, /payload\/sequence: wrongType/)
    assert.equal((await online('submit', await act('none.json', opening('Q')))).status, 2)
    assert.equal(
      (await online('submit', await act('unknown.json', { act: 'no.such', payload: {} }), '--key', key)).status,
      2,
    )
  })

  it('prints what it would sign on a dry run, and changes nothing', async () => {
    const before = JSON.parse((await online('query', 'status')).out).receipts
    const { status, out } = await online(
      'submit',
      await act('dry.json', opening('Q9')),
      '--key',
      key,
      '--dry-run',
      '--ref',
      'mine',
    )
    assert.equal(status, 0)
    const body = JSON.parse(out)
    assert.deepEqual([body.act, body.ref, body.org, 'sig' in body], ['auction.sequence.open', 'mine', 'SCPX', false])
    assert.equal(JSON.parse((await online('query', 'status')).out).receipts, before)
  })

  it('[KEPT-5] signs without a node, for a file that somebody else carries in; what asks for nothing to be sent sends it not', async () => {
    const signed = join(dir, 'signed.json')
    const file = await act('carried.json', opening('Q2'))
    const away = await dujiang([
      'submit',
      file,
      '--key',
      key,
      '--genesis',
      genesis,
      '--sign-to',
      signed,
      '--minutes',
      '60',
    ])
    assert.equal(away.status, 0, away.err)
    // Who asks for these wants nothing sent.
    const { receipts } = JSON.parse((await online('query', 'status')).out)
    for (const wish of [['--dry-run'], ['--sign-to', join(dir, 'other.json')]]) {
      const { status, err } = await online('submit', signed, ...wish)
      assert.deepEqual([status, err.includes(`not with ${wish[0]}`)], [2, true], err)
    }
    assert.equal(JSON.parse((await online('query', 'status')).out).receipts, receipts)
    const first = JSON.parse((await online('submit', signed)).out)
    assert.equal(first.receipt.code, 0)
    const again = JSON.parse((await online('submit', signed)).out)
    assert.deepEqual([again.id, again.repeated], [first.id, true])
  })

  it('answers questions about status, receipts, rows, blocks and acts', async () => {
    const status = JSON.parse((await online('query', 'status')).out)
    assert.ok(status.height > 0)
    const rows = (await online('query', 'rows', 'auction/sequence')).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(
      rows.map((row) => row.key),
      ['Q1', 'Q2'],
    )
    const blocks = (await online('query', 'blocks', '1', '2')).out.trimEnd().split('\n')
    assert.equal(blocks.length, 2)
    const acts = (await online('query', 'acts')).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).name)
    assert.ok(acts.includes('auction.order.submit'))
    assert.equal((await online('query', 'receipt', '00'.repeat(32))).status, 1)
    assert.equal((await online('query', 'blocks', '999999')).status, 1)
    assert.equal((await dujiang(['query', 'status', '--node', 'http://127.0.0.1:1'])).status, 2)
  })

  it('follows receipts, and fetches one that verifies offline', async () => {
    const watched = await online('watch', '--after', '-1', '--count', '2', '--json')
    assert.equal(watched.status, 0)
    // The last act there is: from its proof on, everything so far is sealed and goes into a backup and an export.
    const last = watched.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .at(-1)
    const proof = join(dir, 'proof.json')
    const proved = await online('prove', last.receipt.id, '-o', proof)
    assert.equal(proved.status, 0, proved.err)
    const verified = await dujiang(['verify', proof, '--genesis', genesis, '--json'])
    assert.equal(JSON.parse(verified.out).receipt.id, last.receipt.id)
    const words = await online('watch', '--after', '-1', '--count', '1')
    assert.match(words.out, /^#0 @\d+ auction\.sequence\.open SCPX [0-9a-f]{16} ✓\n$/)
  })

  it('[CPY-1] backs up and exports while it runs, stops it, and restores what it was', async () => {
    const backup = join(dir, 'backup')
    assert.equal((await dujiang(['backup', '--data', data, backup])).status, 0)
    const exported = await dujiang(['export', '--data', data, join(dir, 'out'), '--json'])
    assert.equal(exported.status, 0)
    assert.equal((await auditor(Uint8Array.from(await readFile(genesis)))(join(dir, 'out'))).ok, true)
    const running = JSON.parse((await online('query', 'status')).out)

    // The ledger goes on after the backup.
    assert.equal((await online('submit', await act('later.json', opening('Q3')), '--key', key)).status, 0)
    const taken = await dujiang(['start', '--data', data, '--key', join(dir, 'SCPX-node.json'), '--port', '0'])
    assert.equal(taken.status, 2)
    assert.match(taken.err, /in use/)

    const ended = new Promise((resolve) => node?.once('exit', resolve))
    assert.equal((await dujiang(['stop', '--data', data])).status, 0)
    assert.equal(await ended, 0)
    assert.equal((await dujiang(['stop', '--data', data])).status, 1)

    const restored = join(dir, 'restored')
    const { status, out, err } = await dujiang(['restore', backup, '--data', restored])
    assert.equal(status, 0)
    assert.ok(out.includes(running.appHash))
    assert.equal((await dujiang(['restore', backup, '--data', restored])).status, 2)
    assert.match(err, /^mind: the copy ends at block \d+ /)
    const again = await dujiang(['export', '--data', restored, join(dir, 'again'), '--json'])
    assert.equal(JSON.parse(again.out).app_hash, JSON.parse(exported.out).app_hash)
  })

  it('[GRD-2] signs nothing on a copy older than its key has signed, unless what is lost is named', async () => {
    const older = join(dir, 'restored')
    const validator = join(dir, 'SCPX-node.json')
    const start = ['start', '--data', older, '--key', validator, '--port', '0', '--lang', 'en', '--projections', 'none']
    const refused = await dujiang(start)
    assert.equal(refused.status, 1, refused.err)
    const [, signedHeight = '', ledgerHeight = ''] =
      /up to block (\d+), and the ledger ends at (\d+)/.exec(refused.err) ?? []
    assert.ok(Number(signedHeight) > Number(ledgerHeight) && Number(ledgerHeight) > 0, refused.err)
    assert.equal((await dujiang([...start, '--after-loss', ledgerHeight])).status, 1)
    assert.equal((await dujiang([...start, '--after-loss', 'yes'])).status, 2)

    const taken = await serving([...start, '--after-loss', signedHeight])
    assert.equal((await dujiang(['stop', '--data', older])).status, 0)
    assert.equal(await taken.ended, 0)
    // Given up once: from here on the older ledger is the one.
    const again = await serving(start)
    again.child.kill('SIGKILL')
    await again.ended
  })

  it('founds nothing for a key that the genesis file does not name', async () => {
    const wrong = join(dir, 'wrong')
    const { status, err } = await dujiang([
      'start',
      '--data',
      wrong,
      '--genesis',
      genesis,
      '--key',
      await keyFileOf(dir, personOf('SCPX', 'door')),
    ])
    assert.equal(status, 2)
    assert.match(err, /not the one validator/)
    assert.equal(existsSync(wrong), false)
  })
})

describe('dujiang acts', () => {
  it('lists every act, and explains the fields, units and refusals of one', async () => {
    const all = await dujiang(['acts'])
    assert.match(all.out, /auction\.order\.submit/)
    const one = await dujiang(['acts', 'auction.order.submit'])
    assert.equal(one.status, 0)
    assert.match(one.out, /volumesWh.*Wh/)
    const json = JSON.parse((await dujiang(['acts', 'auction.order.submit', '--json'])).out)
    assert.equal(json.restricted, true)
    assert.equal((await dujiang(['acts', 'no.such'])).status, 2)
  })
})
