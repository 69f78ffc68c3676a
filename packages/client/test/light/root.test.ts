import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { nodeCrypto } from '@dujiang/crypto/node'
import { HeadersSource } from '@dujiang/testing/light'
import { HeaderUnknown } from '../../src/index.ts'
import { rootFault } from '../../src/light/root.ts'
import { client, honest } from './rig.ts'
import { founded, ROOTS } from './roots.ts'

const source = resolve(import.meta.dirname, '../../src/light/root.ts')
const modules = resolve(import.meta.dirname, '../../../../node_modules')
const folder = mkdtempSync(join(tmpdir(), 'dujiang-removed-root-checks-'))
after(() => rmSync(folder, { recursive: true }))

/** A check taken away or weakened: this text of the file becomes that. */
const removals: readonly (readonly [text: string, instead: string])[] = [
  ['if (header.chainId !== engineChainId(founded)) return', 'if (false) return'],
  ['if (header.height !== rootHeight(founded, pinned)) return', 'if (false) return'],
  ['if (pinned !== undefined && !equalBytes(hash, fromHex(pinned.hash))) return', 'if (false) return'],
  ['if (!named) return', 'if (false) return'],
  ['compareTimes(header.time, timeFromMs(founded.genesis.time)) <= 0', 'false'],
  [
    'compareTimes(header.time, timeFromMs(founded.genesis.time)) <= 0',
    'compareTimes(header.time, timeFromMs(founded.genesis.time)) < 0',
  ],
  ['if (!equalBytes(setHash, header.validatorsHash)) return', 'if (false) return'],
  ['return verifyCommit(crypto, header.chainId, validators, hash, header.height, commit)?.reason', 'return undefined'],
]

/** The check of where trust begins, with a part of it removed. */
async function without([text, instead]: readonly [string, string], number: number): Promise<typeof rootFault> {
  const copy = join(folder, `root-${number}.ts`)
  const code = readFileSync(source, 'utf8')
  assert.equal(code.split(text).length, 2, `root.ts no longer has, or has twice: ${text}`)
  writeFileSync(
    copy,
    code.replace(text, () => instead),
  )
  return ((await import(pathToFileURL(copy).href)) as { readonly rootFault: typeof rootFault }).rootFault
}

const differs = (fault: typeof rootFault): boolean =>
  ROOTS.some(({ pinned, block, reason }) => fault(nodeCrypto, founded, pinned, block) !== reason)

describe('where trust begins', () => {
  for (const { title, pinned, block, reason } of ROOTS) {
    it(`[LIGHT-1] ${reason === undefined ? 'is' : 'is not'}: ${title}`, () => {
      assert.equal(rootFault(nodeCrypto, founded, pinned, block), reason)
    })
  }

  it('[LIGHT-1] is not where a signature is false, though all sources say it is', async () => {
    for (const { pinned, block, title } of ROOTS.filter(({ reason }) => reason === 'commitSignatureWrong')) {
      const sources = ['one', 'two', 'three'].map((name) => new HeadersSource(name, honest))
      for (const one of sources) one.lie = (said) => (said.header.height === block.header.height ? block : said)
      const { light } = client({ sources, ...(pinned && { trusted: pinned }) })
      await assert.rejects(light.newest(), (error) => {
        assert.ok(error instanceof HeaderUnknown, title)
        assert.deepEqual(new Set(error.faults.map(({ reason }) => reason)), new Set(['commitSignatureWrong']))
        return true
      })
    }
  })
})

describe('a check of where trust begins that is removed', () => {
  symlinkSync(modules, join(folder, 'node_modules'))

  it('[LIGHT-1] is answered as before by a copy from which none is removed', async () => {
    assert.equal(differs(await without(['return verifyCommit(', 'return verifyCommit('], 0)), false)
  })

  for (const [place, removal] of removals.entries()) {
    it(`[LIGHT-1] is noticed: ${removal[0]} → ${removal[1]}`, async () => {
      assert.equal(differs(await without(removal, place + 1)), true)
    })
  }
})
