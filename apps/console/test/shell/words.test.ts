import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}))
const pair =
  /^ {2}(?:'([^']+)'|(\w+)): \[\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`),\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`),?\s*\],/gm

interface Word {
  readonly file: string
  readonly key: string
  readonly zh: string
  readonly en: string
}

const wordFiles = files.filter(({ file }) => file.endsWith('-words.ts'))
const words: readonly Word[] = wordFiles.flatMap(({ file, text }) =>
  [...text.matchAll(pair)].map((match) => ({
    file,
    key: (match[1] ?? match[2]) as string,
    zh: (match[3] ?? match[4] ?? match[5]) as string,
    en: (match[6] ?? match[7] ?? match[8]) as string,
  })),
)

describe('the words of the console', () => {
  it('are all read by this test', () => {
    for (const { file, text } of wordFiles) {
      const keys = text.match(/^ {2}(?:'[^']+'|\w+): \[/gm)?.length ?? 0
      assert.equal(words.filter((word) => word.file === file).length, keys, file)
    }
  })

  it('are in both languages, Chinese in the first and none in the second, with the same facts', () => {
    const wrong = words.filter(({ zh, en }) => {
      const facts = (text: string): string => JSON.stringify([...new Set(text.match(/\{\{\w+\}\}/g))].sort())
      return zh === '' || en === '' || /\p{Script=Han}/u.test(en.replace(/[（）]/g, '')) || facts(zh) !== facts(en)
    })
    assert.deepEqual(
      wrong.map(({ file, key }) => `${file} ${key}`),
      [],
    )
  })

  it('are all used', () => {
    const code = files.filter(({ file }) => !file.endsWith('-words.ts')).map(({ text }) => text)
    const literals = new Set(
      code.flatMap((text) => [...text.matchAll(/'([^'\n]+)'|"([^"\n]+)"/g)].map((m) => m[1] ?? m[2])),
    )
    // A key made of a fixed part and a value: `role.${role}`, `${name}.title`.
    const patterns = code.flatMap((text) =>
      [...text.matchAll(/`((?:[\w.-]|\$\{[^}`]+\})+)`/g)].map(
        ([, made = '']) => new RegExp(`^${made.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w.-]+')}$`),
      ),
    )
    const unused = words.filter(({ key }) => !literals.has(key) && !patterns.some((made) => made.test(key)))
    assert.deepEqual(
      unused.map(({ file, key }) => `${file} ${key}`),
      [],
    )
  })
})
