import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { DraftWriter } from '../../src/kept/draft-writer.ts'

const QUIET_MS = 300

/** A browser that keeps nothing until it is told to, and what a form has heard of it. */
function slowBrowser() {
  const asked: unknown[] = []
  const said: (number | undefined)[] = []
  let keeps: (keptMs: number) => void = () => {}
  const keep = (value: unknown): Promise<number> => {
    asked.push(value)
    return new Promise((resolve) => (keeps = resolve))
  }
  const drop = async (): Promise<void> => void asked.push('dropped')
  const writer = new DraftWriter({ keep, drop }, (keptMs) => said.push(keptMs))
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    asked,
    said,
    writer,
    turn,
    async type(value: string): Promise<void> {
      writer.keep(value)
      mock.timers.tick(QUIET_MS)
      await turn()
    },
    async keepsIt(keptMs: number): Promise<void> {
      keeps(keptMs)
      await turn()
    },
  }
}

describe('a draft in a browser that is slow', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('is said to be kept once what stands in the form is, and not when something older is', async () => {
    const { asked, said, type, keepsIt } = slowBrowser()
    await type('3')
    await type('31')
    assert.deepEqual(asked, ['3'])
    await keepsIt(1)
    assert.deepEqual(
      [asked, said],
      [
        ['3', '31'],
        [undefined, undefined],
      ],
    )
    await keepsIt(2)
    assert.deepEqual(said, [undefined, undefined, 2])
  })

  it('is not said to be kept once it has been given up', async () => {
    const { asked, said, writer, turn, type, keepsIt } = slowBrowser()
    await type('3')
    writer.drop()
    await keepsIt(1)
    await turn()
    assert.deepEqual(
      [asked, said],
      [
        ['3', 'dropped'],
        [undefined, undefined],
      ],
    )
  })
})
