import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Session } from '@dujiang/market'
import type { Answer, Errand } from '@dujiang/testing/province'
import { ClientDesk } from '../src/client-desk.ts'
import { type Founded, foundIn } from '../src/found.ts'
import { holdNext } from '../src/hold.ts'
import { paceOf } from '../src/pace.ts'
import { type Served, serve } from '../src/serve.ts'
import { Trouble } from '../src/trouble.ts'

/** What ends with its start. */
class Stopped extends Error {}

/** A desk at which the start is stopped before the dispatcher's check. */
class StoppedDesk extends ClientDesk {
  override async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    if (errands.some(({ act }) => act === 'auction.check.pass')) throw new Stopped()
    return super.send(errands)
  }
}

describe('the session of the sample', () => {
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-hold-'))
  let founded: Founded
  let served: Served
  let client: Client
  before(async () => {
    founded = foundIn(dir)
    served = await serve(dir, founded)
    client = new Client({ nodes: [served.url], sha256: nodeCrypto.sha256 })
  })
  after(async () => {
    await served?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const statusOf = async (session: string): Promise<string> =>
    ((await client.row(`auction/session/${session}`)) as unknown as Session).status

  /** Holds the next one, with a gate that no machine is in time for. */
  async function holdTooFast(
    desk: ClientDesk,
    opensAfterMs = 5_000,
  ): Promise<{ readonly cause: unknown; readonly said: string }> {
    const lines: string[] = []
    const { keys, genesisBytes } = founded
    const pace = () => ({ opensAfterMs, gateAfterMs: 1 })
    const print = (line: string): void => void lines.push(line)
    const cause = await holdNext({ client, desk, keys, genesisBytes, pace, season: undefined, print }).then(
      () => undefined,
      (error: unknown) => error,
    )
    return { cause, said: lines.join('\n') }
  }

  it('is carried to its end by the next start when one was stopped on the way, or was too slow for its gate', async () => {
    const first = await holdTooFast(new StoppedDesk(client, founded.keys))
    assert.ok(first.cause instanceof Stopped, String(first.cause))
    assert.equal(await statusOf('SC-2026-12-1'), 'cleared')

    const second = await holdTooFast(new ClientDesk(client, founded.keys))
    assert.match(second.said, /2026年12月.*上次未走完：已闭市出清，未校核，未发布；先把它办完/)
    assert.equal(await statusOf('SC-2026-12-1'), 'published')
    assert.match(second.said, /未能在闭市前完成申报/)
    assert.ok(second.cause instanceof Trouble, String(second.cause))
    assert.equal(await statusOf('SC-2027-01-1'), 'published')
  })

  it('is not announced by a notice that comes after its opening, which says what to do and leaves it to the next start', async () => {
    const late = await holdTooFast(new ClientDesk(client, founded.keys), -60_000)
    assert.ok(late.cause instanceof Trouble, String(late.cause))
    assert.match(late.cause.message, /本场未能公告；请停止后重新启动.* \/ .*stop and start again/)
    assert.match(late.said, /2027年2月/)
    assert.equal(await client.row('auction/session/SC-2027-02-1'), undefined)
  })

  it('opens and closes later on a machine whose first acts were slow, and never sooner than it was asked to', () => {
    assert.deepEqual(paceOf(5)(10), { opensAfterMs: 4_000, gateAfterMs: 5_000 })
    assert.deepEqual(paceOf(5)(300), { opensAfterMs: 6_000, gateAfterMs: 36_000 })
    assert.deepEqual(paceOf(120)(300), { opensAfterMs: 6_000, gateAfterMs: 120_000 })
  })
})
