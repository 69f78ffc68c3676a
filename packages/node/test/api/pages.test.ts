import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { withRig } from './rig.ts'

const root = mkdtempSync(join(tmpdir(), 'dujiang-pages-'))
after(() => rmSync(root, { recursive: true }))
const dir = join(root, 'dist')
mkdirSync(join(dir, 'assets'), { recursive: true })
const page = '<meta name="csp-nonce" content="__NONCE__"><script type="module" src="/assets/a-1.js"></script>'
writeFileSync(join(dir, 'index.html'), page)
writeFileSync(join(dir, 'verify.html'), 'verify')
writeFileSync(join(dir, 'assets/a-1.js'), 'plain()')
writeFileSync(join(dir, 'assets/a-1.js.gz'), gzipSync('packed()'))
writeFileSync(join(dir, 'assets/a-1.js.br'), brotliCompressSync('small()'))
writeFileSync(join(dir, '.secret.js'), 'hidden()')
writeFileSync(join(root, 'outside.js'), 'outside()')
const pages = { dir }

const html = { accept: 'text/html,*/*' }

it('[PAGES-1] answers an address of the pages with the first page, and its files by name', () =>
  withRig({ pages }, async (rig) => {
    for (const path of ['/', '/sessions', '/sessions/SC-2026-12?period=3']) {
      const answer = await fetch(rig.api.url + path, { headers: html })
      assert.equal(answer.status, 200, path)
      assert.match(await answer.text(), /a-1\.js/)
    }
    const verify = await fetch(`${rig.api.url}/verify.html`)
    assert.equal(await verify.text(), 'verify')
    const byName = await fetch(`${rig.api.url}/verify`, { headers: html })
    assert.equal(await byName.text(), 'verify')
    const script = await fetch(`${rig.api.url}/assets/a-1.js`, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(script.headers.get('content-encoding'), 'gzip')
    assert.equal(await script.text(), 'packed()')
    const plain = await fetch(`${rig.api.url}/assets/a-1.js`, { headers: { 'accept-encoding': 'identity' } })
    assert.equal(await plain.text(), 'plain()')
  }))

it('[PAGES-1] leaves to the API what is unknown below its own first parts, what asks for no page, and what is no GET', () =>
  withRig({ pages }, async (rig) => {
    const refused: readonly (readonly [path: string, init: RequestInit])[] = [
      ['/v1/unknown', { headers: html }],
      ['/docs/unknown.js', { headers: html }],
      ['/sessions', { headers: { accept: 'application/json' } }],
      ['/sessions', { method: 'POST', headers: html, body: '' }],
      ['/assets/b-2.js', { headers: html }],
    ]
    for (const [path, init] of refused) {
      const answer = await fetch(rig.api.url + path, init)
      assert.equal(answer.status, 404, path)
      assert.match(await answer.text(), /"name":"routeUnknown"/)
    }
  }))

it('[PAGES-2] serves nothing hidden, nothing outside of the folder, and no other type', () =>
  withRig({ pages }, async (rig) => {
    writeFileSync(join(dir, 'notes.txt'), 'notes')
    for (const path of ['/.secret.js', '/%2e%2e/outside.js', '/assets/..%2f..%2foutside.js', '/assets/a-1.js.gz']) {
      const answer = await fetch(rig.api.url + path)
      assert.equal(answer.status, 404, path)
    }
    assert.equal((await fetch(`${rig.api.url}/notes.txt`)).status, 404)
  }))

it('[PAGES-3] gives each visit of a page a word of its own, and a policy that lets in nothing from elsewhere', () =>
  withRig({ pages }, async (rig) => {
    const words = new Set<string>()
    for (let visit = 0; visit < 2; visit++) {
      const answer = await fetch(`${rig.api.url}/sessions`, { headers: html })
      const policy = answer.headers.get('content-security-policy') ?? ''
      const word = /'nonce-([\w-]{22})'/.exec(policy)?.[1]
      assert.ok(word !== undefined)
      words.add(word)
      assert.match(await answer.text(), new RegExp(`content="${word}"`))
      assert.match(policy, /^default-src 'self'; script-src 'self'; /)
      assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    }
    assert.equal(words.size, 2)
  }))

it('[PAGES-3] lets a page ask the other nodes that this one names, and no path of them alone', () => {
  const node = { org: 'B', name: 'B', role: 'full', here: false } as const
  const nodes = async () => [
    { ...node, api: 'https://b.example/ledger' },
    { ...node, api: 'no address; script-src *' },
  ]
  return withRig({ pages, nodes }, async (rig) => {
    const answer = await fetch(`${rig.api.url}/sessions`, { headers: html })
    assert.match(answer.headers.get('content-security-policy') ?? '', /; connect-src 'self' https:\/\/b\.example; /)
  })
})

it('[PAGES-4] lets assets be kept for ever, and pages never', () =>
  withRig({ pages }, async (rig) => {
    const kept = async (path: string) =>
      (await fetch(rig.api.url + path, { headers: html })).headers.get('cache-control')
    assert.match((await kept('/assets/a-1.js')) ?? '', /immutable/)
    assert.equal(await kept('/sessions'), 'no-store')
    assert.equal(await kept('/verify.html'), 'no-store')
  }))

it('[PAGES-5] sends the smallest copy that is taken, and nothing to a browser that has it', () =>
  withRig({ pages }, async (rig) => {
    const ask = (headers: Record<string, string>) => fetch(`${rig.api.url}/assets/a-1.js`, { headers })
    const small = await ask({ 'accept-encoding': 'gzip, deflate, br' })
    assert.equal(small.headers.get('content-encoding'), 'br')
    assert.equal(await small.text(), 'small()')
    const tag = small.headers.get('etag') ?? ''
    assert.match(tag, /^"[\w-]{22}-br"$/)
    const again = await ask({ 'accept-encoding': 'gzip, deflate, br', 'if-none-match': `"other", ${tag}` })
    assert.deepEqual([again.status, await again.text()], [304, ''])
    const plain = await ask({ 'accept-encoding': 'identity', 'if-none-match': tag })
    assert.deepEqual([plain.status, await plain.text()], [200, 'plain()'])
  }))

it('[PAGES-5] reads a file once, and anew when another build has come', () =>
  withRig({ pages }, async (rig) => {
    const headers = { ...html, 'accept-encoding': 'br' }
    const read = async (path: string): Promise<string> => (await fetch(rig.api.url + path, { headers })).text()
    assert.match(await read('/sessions'), /a-1/)
    assert.equal(await read('/assets/a-1.js'), 'small()')
    writeFileSync(join(dir, 'assets/a-1.js.br'), brotliCompressSync('other()'))
    assert.equal(await read('/assets/a-1.js'), 'small()')
    writeFileSync(join(dir, 'index.html'), `${page}<!-- another build -->`)
    assert.match(await read('/sessions'), /another build/)
    assert.equal(await read('/assets/a-1.js'), 'other()')
  }))
