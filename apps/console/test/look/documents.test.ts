import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { places } from './places.ts'

const root = resolve(import.meta.dirname, '../../../..')
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8')
const shown = (file: string): readonly string[] =>
  [...read(file).matchAll(/pictures\/([\w.-]+\.webp)/g)].map(([, name]) => name as string)

describe('the pictures of the console in the documents (`npm run pictures` makes them anew)', () => {
  for (const [file, language] of [
    ['docs/console.zh-CN.md', 'zh'],
    ['docs/console.md', 'en'],
  ] as const) {
    it(`${file} shows every page, wide and narrow`, () => {
      const there = new Set(shown(file))
      const wanted = places.flatMap(({ name }) => ['desk', 'phone'].map((width) => `${name}.${language}.${width}.webp`))
      assert.deepEqual(
        wanted.filter((picture) => !there.has(picture)),
        [],
      )
    })
  }

  it('are all there', () => {
    const files = ['README.md', 'README.zh-CN.md', 'docs/console.md', 'docs/console.zh-CN.md']
    const guides = ['trader', 'clerk', 'auditor'].map((name) => `docs/guides/${name}.md`)
    const absent = [...files, ...guides].flatMap((file) =>
      shown(file).filter((name) => !existsSync(resolve(root, 'docs/pictures', name))),
    )
    assert.deepEqual(absent, [])
  })
})
