import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { promisify } from 'node:util'
import { NO_BROWSER, browserProgram } from '@dujiang/testing/browser-program'
import { withRig } from './rig.ts'

it('[API-25] serves the page with what it needs, from the node alone', () =>
  withRig({}, async (rig) => {
    const page = await rig.get('/docs')
    assert.equal(page.status, 200)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; script-src 'self';/)
    assert.doesNotMatch(policy, /unsafe|http|\*/)
    const seen = new Set<string>()
    const next = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path as string)
    for (let path = next.pop(); path !== undefined; path = next.pop()) {
      if (seen.has(path)) continue
      seen.add(path)
      const file = await rig.get(path)
      assert.equal(file.status, 200, path)
      assert.equal(file.headers.get('content-security-policy'), policy)
      assert.doesNotMatch(file.text, /https?:\/\/|\bstyle=|\beval\(|innerHTML/, path)
      next.push(...[...file.text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/docs/${name}`))
    }
    assert.deepEqual(
      [...seen].sort(),
      ['docs.css', 'docs.mjs', 'elements.mjs', 'forms.mjs', 'samples.mjs', 'words.mjs'].map((name) => `/docs/${name}`),
    )
    assert.equal((await rig.get('/docs/%2e%2e/server.ts')).status, 404)
  }))

it('[API-25] says on a demo, and there alone, that it is one', async () => {
  const infoOf = async (demo: { readonly demo?: true }): Promise<any> => {
    let info: unknown
    await withRig(demo, async (rig) => void (info = (await rig.get('/openapi.json')).json.info))
    return info
  }
  assert.equal((await infoOf({ demo: true }))['x-demo'].zh, '演示链：节点运营方可见申报内容，请勿录入真实报价')
  assert.equal((await infoOf({}))['x-demo'], undefined)
})

it(
  '[API-25] shows every route and act in a browser, in both languages, and breaks no rule of its own policy',
  { skip: NO_BROWSER },
  () =>
    withRig({ demo: true }, async (rig) => {
      const profile = mkdtempSync(join(tmpdir(), 'dujiang-docs-'))
      try {
        for (const [query, words] of [
          ['', ['提交一项业务', '业务操作', '申报', '演示链：节点运营方可见申报内容']],
          ['?lang=en', ['Send one signed act', 'Acts', 'Submit an order', 'Demo chain: whoever operates']],
        ] as const) {
          const options = [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--enable-logging=stderr',
            `--user-data-dir=${profile}`,
          ]
          const dump = ['--virtual-time-budget=5000', '--dump-dom', `${rig.api.url}/docs${query}`]
          const { stdout, stderr } = await promisify(execFile)(browserProgram, [...options, ...dump], {
            maxBuffer: 2 ** 26,
          })
          for (const path of Object.keys((await rig.get('/openapi.json')).json.paths))
            assert.ok(stdout.includes(path), path)
          for (const { name } of rig.market.app.acts) assert.ok(stdout.includes(name), name)
          for (const word of words) assert.ok(stdout.includes(word), word)
          assert.doesNotMatch(stdout, /\bundefined\b/)
          assert.doesNotMatch(stderr, /Content Security Policy|CONSOLE.*(Error|Refused)/)
        }
      } finally {
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
      }
    }),
)
