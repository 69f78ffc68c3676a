import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeImport, parts } from '../src/arrows.ts'

const market = 'packages/market/src'

/** [file, import, part of the message] */
const refused: readonly (readonly [string, string, string])[] = [
  ['packages/core/src/units/a.ts', '@dujiang/chain', 'core may not import chain'],
  ['packages/chain/src/a.ts', '@dujiang/market', 'chain may not import market'],
  ['packages/chain/src/a.ts', '@dujiang/crypto/node', 'chain may not import crypto'],
  ['packages/crypto/src/node/a.ts', '@dujiang/chain', 'crypto may not import chain'],
  ['packages/client/src/a.ts', '@dujiang/market', 'client may not import market'],
  ['packages/node/src/api/a.ts', '@dujiang/market', 'node may not import market'],
  ['packages/node/src/api/a.ts', '@dujiang/testing/shared', 'node may not import testing'],
  ['apps/cli/src/main.ts', '@dujiang/app-node', 'app-cli may not import app-node'],
  ['testing/src/a.ts', '@dujiang/app-node', 'testing may not import app-node'],
  ['packages/chain/test/a.test.ts', '@dujiang/app-cli', 'a test may not import app-cli'],
  ['packages/core/src/units/a.ts', '@dujiang/core/time', 'import relatively'],
  ['packages/chain/src/a.ts', '../../core/src/units/index.ts', 'reaches out of packages/chain'],
  ['packages/chain/test/a.test.ts', '../../core/test/b.ts', 'reaches out of packages/chain'],
  ['packages/chain/src/a.ts', '../test/fixture.ts', 'outside src'],
  ['packages/core/src/units/a.ts', 'node:fs', 'runs without Node'],
  ['packages/client/src/a.ts', 'node:crypto', 'runs without Node'],
  ['packages/crypto/src/noble/a.ts', 'node:crypto', 'runs without Node'],
  ['packages/market/src/kernel/a.ts', '@noble/hashes/sha2.js', 'imports @noble/hashes'],
  ['packages/core/src/codec/a.ts', 'fastify', 'imports fastify'],
  [`${market}/auction/a.ts`, '../members/key.ts', 'use its door members/index.ts'],
  [`${market}/auction/clearing/a.ts`, '../../members/key.ts', 'use its door members/index.ts'],
  [`${market}/kernel/a.ts`, '../auction/index.ts', 'the kernel may not know the family auction'],
  [`${market}/auction/a.ts`, '../index.ts', "the package's own door"],
]

const allowed: readonly (readonly [string, string])[] = [
  ['packages/market/src/kernel/a.ts', '@dujiang/core/units'],
  ['packages/core/src/codec/a.ts', 'typebox/compile'],
  ['packages/node/src/store/a.ts', 'node:fs'],
  ['packages/crypto/src/node/a.ts', '@dujiang/core/crypto'],
  ['packages/chain/test/a.test.ts', '@dujiang/market'],
  ['packages/core/test/a.test.ts', '@dujiang/testing/shared'],
  ['packages/core/test/a.test.ts', 'node:test'],
  ['packages/core/test/units/a.test.ts', '../../src/units/index.ts'],
  ['apps/node/src/main.ts', '@dujiang/market'],
  [`${market}/auction/a.ts`, '../kernel/act.ts'],
  [`${market}/auction/clearing/a.ts`, '../book.ts'],
  [`${market}/auction/a.ts`, '../members/index.ts'],
  [`${market}/index.ts`, './auction/index.ts'],
]

describe('import arrows', () => {
  for (const [file, specifier, message] of refused) {
    it(`refuse ${specifier} in ${file}`, () => {
      assert.ok(judgeImport(file, specifier)?.includes(message), judgeImport(file, specifier) ?? 'allowed')
    })
  }

  for (const [file, specifier] of allowed) {
    it(`allow ${specifier} in ${file}`, () => assert.equal(judgeImport(file, specifier), undefined))
  }

  it('form no circle', () => {
    const reaches = (from: string, to: string): boolean =>
      (parts[from]?.mayImport ?? []).some((next) => next === to || reaches(next, to))
    for (const name of Object.keys(parts)) assert.ok(!reaches(name, name), name)
  })
})
