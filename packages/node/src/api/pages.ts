import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A folder of pages that a build has written, served beside the API. Rules PAGES-1 to PAGES-4 of SPEC.md. */
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
 */
export async function sendFrom(
  { dir }: Pages,
  notBelow: ReadonlySet<string>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const path = request.url.split('?', 1)[0] ?? ''
  if (request.method !== 'GET' || !PATH.test(path) || notBelow.has(path.split('/')[1] ?? '')) return false
  reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
  const { accept = '', 'accept-encoding': encodings = '' } = request.headers
  if (TYPES[extname(path)] !== undefined) return sendFile(reply, dir, path, String(encodings))
  if (!accept.includes('text/html')) return false
  // A page by its name, such as /verify; else an address of the console's own, such as /sessions/SC-2026-12.
  const named = `${path === '/' ? '/index' : path.replace(/\/$/, '')}.html`
  return (await sendPage(reply, join(dir, named))) || sendPage(reply, join(dir, 'index.html'))
}

async function sendFile(reply: FastifyReply, dir: string, path: string, encodings: string): Promise<boolean> {
  const file = join(dir, path)
  if (path.endsWith('.html')) return sendPage(reply, file)
  const packed = /\bgzip\b/.test(encodings) ? await bytesOf(`${file}.gz`) : undefined
  const body = packed ?? (await bytesOf(file))
  if (body === undefined) return false
  if (packed !== undefined) reply.header('content-encoding', 'gzip')
  reply
    .header('content-type', TYPES[extname(path)])
    .header('vary', 'accept-encoding')
    // The names of assets carry a digest of their content: another content has another name.
    .header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  await reply.send(body)
  return true
}

async function sendPage(reply: FastifyReply, file: string): Promise<boolean> {
  const page = await bytesOf(file)
  if (page === undefined) return false
  const nonce = randomBytes(16).toString('base64url')
  reply
    .header('content-type', TYPES['.html'])
    .header('cache-control', 'no-store')
    .header('content-security-policy', policyWith(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
  await reply.send(page.toString('utf8').replace(NONCE_PLACE, nonce))
  return true
}

/** Nothing from anywhere else; scripts from files only; styles from files, or with this visit's word. Rule PAGES-3. */
function policyWith(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function bytesOf(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}
