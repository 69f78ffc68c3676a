import { randomBytes } from 'node:crypto'
import { extname } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PACKED, type PageFile, type PageFiles } from './page-files.ts'

/** A folder of pages that a build has written, served beside the API. Rules PAGES-1 to PAGES-5 of SPEC.md. */
export interface Pages {
  readonly dir: string
}

/** What the page carries in place of the word that lets its styles in. */
const NONCE_PLACE = /__NONCE__/g

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** One name a part, none hidden, none that leads upwards. */
const PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/?$/

/**
 * Answers with a page or one of its files where there is one; false where the API has to say that there is nothing.
 * @param notBelow first parts of addresses that are the API's own
 * @param others origins of further nodes, which a page may ask
 */
export async function sendFrom(
  files: PageFiles,
  notBelow: ReadonlySet<string>,
  request: FastifyRequest,
  reply: FastifyReply,
  others: () => Promise<readonly string[]>,
): Promise<boolean> {
  const path = request.url.split('?', 1)[0] ?? ''
  if (request.method !== 'GET' || !PATH.test(path) || notBelow.has(path.split('/')[1] ?? '')) return false
  reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
  if (TYPES[extname(path)] !== undefined && !path.endsWith('.html')) {
    const file = await files.file(path)
    if (file !== undefined) await sendFile(reply, path, file, request.headers)
    return file !== undefined
  }
  if (!path.endsWith('.html') && request.headers.accept?.includes('text/html') !== true) return false
  await files.look()
  // A page by its name, such as /verify; else an address of the console's own, such as /sessions/SC-2026-12.
  const named = path.endsWith('.html') ? path : `${path === '/' ? '/index' : path.replace(/\/$/, '')}.html`
  const page = (await files.file(named)) ?? (named === path ? undefined : await files.file('/index.html'))
  if (page !== undefined) await sendPage(reply, page, await others())
  return page !== undefined
}

async function sendFile(
  reply: FastifyReply,
  path: string,
  { bytes, packed, digest }: PageFile,
  asked: FastifyRequest['headers'],
): Promise<void> {
  const taken: readonly string[] = String(asked['accept-encoding'] ?? '').match(/\w+/g) ?? []
  const encoding = PACKED.map((each) => each.encoding).find((each) => taken.includes(each) && packed.has(each))
  const tag = `"${digest}${encoding === undefined ? '' : `-${encoding}`}"`
  reply
    .header('etag', tag)
    .header('vary', 'accept-encoding')
    // The names of assets carry a digest of their content: another content has another name.
    .header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (asked['if-none-match']?.includes(tag) === true) return void (await reply.code(304).send())
  if (encoding !== undefined) reply.header('content-encoding', encoding)
  reply.header('content-type', TYPES[extname(path)])
  await reply.send(encoding === undefined ? bytes : packed.get(encoding))
}

async function sendPage(reply: FastifyReply, page: PageFile, others: readonly string[]): Promise<void> {
  const nonce = randomBytes(16).toString('base64url')
  reply
    .header('content-type', TYPES['.html'])
    .header('cache-control', 'no-store')
    .header('content-security-policy', policyWith(nonce, others))
    .header('cross-origin-opener-policy', 'same-origin')
  await reply.send(page.bytes.toString('utf8').replace(NONCE_PLACE, nonce))
}

/** Nothing from anywhere else, but answers of the other nodes; scripts from files only; styles from files, or with this visit's word. Rule PAGES-3. */
function policyWith(nonce: string, others: readonly string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...others].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
