import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { writeGenesis } from '@dujiang/chain'
import type { PeriodRoom, Session } from '@dujiang/market'
import { TestMarket, exchange, exchangeOther, personOf } from '@dujiang/testing/market-fixture'
import { Folders } from './export-rig.ts'
import { keyFileOf } from './key-files.ts'
import { dujiang } from './run.ts'
import { serving } from './serving.ts'

describe('dujiang session', () => {
  const folders = new Folders()
  let node: ChildProcess | undefined
  let url = ''
  let key = ''
  let other = ''

  before(async () => {
    const dir = await folders.make('session')
    const genesis = join(dir, 'genesis.json')
    const fixture = JSON.parse(Buffer.from(new TestMarket().genesisBytes).toString())
    await writeFile(genesis, writeGenesis({ ...fixture, time: 1_700_000_000_000 }))
    key = await keyFileOf(dir, exchange)
    other = await keyFileOf(dir, exchangeOther)
    const validator = await keyFileOf(dir, personOf('SCPX', 'node'))
    const data = join(dir, 'data')
    const args = ['start', '--data', data, '--genesis', genesis, '--key', validator, '--port', '0', '--lang', 'en']
    const started = await serving([...args, '--projections', 'none'])
    node = started.child
    url = started.url
    const file = join(dir, 'open.json')
    await writeFile(file, JSON.stringify({ act: 'auction.sequence.open', payload: { sequence: 'Q', name: '月度' } }))
    assert.equal((await dujiang(['submit', file, '--key', key, '--node', url])).status, 0)
  })
  after(async () => {
    node?.kill('SIGKILL')
    await folders.remove()
  })

  const session = (...args: string[]) => dujiang(['session', ...args, '--node', url, '--lang', 'en'])
  const announce = (id: string, ...args: string[]) =>
    session('announce', id, '--template', 'month', '--sequence', 'Q', '--key', key, ...args)
  const rowOf = async (id: string): Promise<Session> => {
    const { out } = await dujiang(['query', 'rows', 'auction/session', '--prefix', id, '--node', url])
    return JSON.parse(out).value
  }

  it('lists the templates', async () => {
    const { out, status } = await dujiang(['session', 'templates'])
    assert.equal(status, 0)
    assert.match(out, /^month +月度集中竞价 · Monthly call auction$/m)
  })

  it('says everything that stands against a notice at once, and announces what nothing stands against', async () => {
    const wrong = await announce('S', '--set', 'stepsMax=6', '--set', 'priceFloor=-5000001', '--sequence', 'NONE')
    assert.equal(wrong.status, 1)
    const said = wrong.err
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0])
    assert.deepEqual(said, ['1202 sequenceUnknown', '1206 noticeLimits', '1210 noticeTick', '1207 noticeRule'])
    const tried = await announce('S', '--set', 'stepsMax=2', '--dry-run')
    assert.equal(tried.status, 0, tried.err)
    assert.equal(JSON.parse(tried.out).payload.stepsMax, 2)
    const done = await announce('S', '--set', 'stepsMax=2')
    assert.equal(done.status, 0, done.err)
    assert.deepEqual([(await rowOf('S')).stepsMax, (await rowOf('S')).priceCap], [2, 80_000_000])
    assert.match((await announce('S')).err, /^1203 sessionExists: Session S exists already$/m)
    assert.match((await announce('T', '--set', 'price=1')).err, /the fields are sequence, name/)
    assert.match((await announce('T', '--gate', 'noon')).err, /noon is no time/)
  })

  it('postpones in two steps: who approves sees first what waits', async () => {
    const { gateMs, opensMs } = await rowOf('S')
    const later = new Date(gateMs + 3_600_000).toISOString()
    const prepared = await session('postpone', 'S', '--gate', later, '--reason', '检修', '--key', key)
    assert.equal(prepared.status, 0, prepared.err)
    const shown = await session('approve', 'S', '--key', other)
    assert.equal(shown.status, 1)
    const { change, digest, reason } = JSON.parse(shown.out)
    assert.deepEqual(
      [change.kind, change.opensMs, change.gateMs, reason],
      ['postpone', opensMs, gateMs + 3_600_000, '检修'],
    )
    assert.equal((await session('approve', 'S', '--key', key, '--digest', digest)).status, 1)
    assert.equal((await session('approve', 'S', '--key', other, '--digest', digest)).status, 0)
    const row = await rowOf('S')
    assert.deepEqual([row.gateMs, row.announcedGateMs], [gateMs + 3_600_000, gateMs])
  })

  it('voids in two steps, and reminds nobody of a session that is not open', async () => {
    assert.match((await session('remind', 'S', '--key', key)).out, /notYetOpen/)
    assert.equal((await session('void', 'S', '--reason', '公告有误', '--key', key)).status, 0)
    const { digest } = JSON.parse((await session('approve', 'S', '--key', other)).out)
    assert.equal((await session('approve', 'S', '--key', other, '--digest', digest)).status, 0)
    assert.equal((await rowOf('S')).status, 'voided')
    assert.match((await session('approve', 'S', '--key', other)).err, /has no auction\/prepared\/S/)
  })

  it('says what a unit may still bid', async () => {
    assert.equal((await announce('R')).status, 0)
    assert.match((await session('room', 'R', 'U', '--key', key)).err, /has no auction\/invitation\/R\/U/)
    const act = async (name: string, payload: object) => {
      const { out, err } = await dujiang(['submit', '-', '--key', key, '--node', url], {
        stdin: JSON.stringify({ act: name, payload }),
      })
      assert.equal(JSON.parse(out).receipt?.code, 0, `${out}${err}`)
    }
    const { signer } = personOf('U', 'a')
    const keys = [
      {
        scheme: 'ed25519',
        publicKey: Buffer.from(signer.publicKey).toString('hex'),
        person: 'a',
        fromMs: 0,
        untilMs: 4e12,
      },
    ]
    await act('members.org.admit', { org: 'U', name: 'U', roles: ['user'], keys })
    await act('members.unit.register', { unit: 'U', name: 'U', org: 'U', side: 'buy' })
    const limitWh = Array<number>(24).fill(5_500_000)
    await act('auction.session.invite', { session: 'R', units: [{ unit: 'U', limitWh }] })
    const { out } = await session('room', 'R', 'U', '--key', key)
    const rooms = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PeriodRoom)
    assert.equal(rooms.length, 24)
    assert.deepEqual(rooms[23], {
      period: 24,
      limitWh: 5_500_000,
      usedWh: 0,
      fitsWh: 5_000_000,
      stepsUsed: 0,
      stepsLeft: 3,
    })
  })
})
