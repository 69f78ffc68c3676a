import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

const TYPES: { readonly [ending: string]: string } = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
}
const FILES = ['index.html', 'docs.css', 'docs.mjs', 'elements.mjs', 'forms.mjs', 'samples.mjs', 'words.mjs']

const HEADERS = {
  // It asks this node alone, and runs nothing but its own files.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

/** The page that people read: `/openapi.json` in a browser. Rule API-25. */
export function serveDocs(app: FastifyInstance): void {
  for (const name of FILES) {
    const body = readFileSync(new URL(`docs/${name}`, import.meta.url))
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] as string
    app.get(name === 'index.html' ? '/docs' : `/docs/${name}`, (_request, reply) =>
      reply.headers(HEADERS).header('content-type', type).send(body),
    )
  }
}
