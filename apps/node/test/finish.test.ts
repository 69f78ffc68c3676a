import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '@dujiang/core/codec'
import type { Answer, Desk, Errand } from '@dujiang/testing/province'
import { finishSession } from '../src/finish.ts'

const MONTH = { year: 2026, month: 12 }
const SESSION = 'SC-2026-12-1'
const GATE_MS = 7_000

/** A session that was left at some point, and what it takes from there to its end. */
class LeftDesk implements Desk {
  readonly sent: string[] = []
  readonly #rows = new Map<string, Json>()

  constructor(status: string, preparedBy?: string) {
    this.#become(status)
    if (preparedBy !== undefined) this.#prepare(preparedBy)
  }

  #become(status: string): void {
    this.#rows.set(`auction/session/${SESSION}`, { status, gateMs: GATE_MS, result: 'ab' })
  }

  #prepare(preparedBy: string): void {
    this.#rows.set(`auction/bulletin/${SESSION}`, { digest: 'cd', preparedBy })
  }

  nowMs(): number {
    return 0
  }

  async waitUntil(timeMs: number): Promise<void> {
    assert.equal(timeMs, GATE_MS)
    this.#become('cleared')
  }

  async send([errand]: readonly Errand[]): Promise<readonly Answer[]> {
    const { by, act } = errand as Errand
    this.sent.push(`${by.person} ${act}`)
    if (act === 'auction.check.pass') this.#become('checked')
    if (act === 'auction.bulletin.prepare') this.#prepare(by.person)
    if (act === 'auction.bulletin.approve') this.#become('published')
    return [{ id: '', index: 0, height: 0 }]
  }

  async row(key: string): Promise<Json | undefined> {
    return this.#rows.get(key)
  }

  async rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    const row = await this.row(key)
    assert.ok(row !== undefined && wished(row))
    return row
  }
}

async function sentFrom(status: string, preparedBy?: string): Promise<readonly string[]> {
  const desk = new LeftDesk(status, preparedBy)
  await finishSession(desk, MONTH, () => {})
  return desk.sent
}

describe('a session that was left on its way', () => {
  it('goes on from where it stands, and is published by two persons', async () => {
    const whole = ['liu auction.check.pass', 'zhang auction.bulletin.prepare', 'chen auction.bulletin.approve']
    assert.deepEqual(await sentFrom('announced'), whole)
    assert.deepEqual(await sentFrom('cleared'), whole)
    assert.deepEqual(await sentFrom('checked'), whole.slice(1))
    assert.deepEqual(await sentFrom('checked', 'zhang'), whole.slice(2))
  })

  it('is approved by whoever has not prepared its bulletin', async () => {
    assert.deepEqual(await sentFrom('checked', 'chen'), ['zhang auction.bulletin.approve'])
  })
})
