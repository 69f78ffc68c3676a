/** `npm run reference`: write docs/reference/ from the acts, refusals and routes that the code has. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dujiangMarket } from '@dujiang/market'
import { actsPage } from './reference/acts.ts'
import { apiPage } from './reference/api.ts'
import { refusalsPage } from './reference/refusals.ts'

const folder = resolve(import.meta.dirname, '../../docs/reference')

async function pages(): Promise<ReadonlyMap<string, string>> {
  const market = dujiangMarket()
  return new Map([
    ['acts.md', `${actsPage(market)}\n`],
    ['refusals.md', `${refusalsPage(market)}\n`],
    ['api.md', `${await apiPage(market)}\n`],
  ])
}

/** Problems of the reference: the pages that are not what the code makes of them now. */
export async function checkReference(): Promise<readonly string[]> {
  return [...(await pages())]
    .filter(([name, text]) => {
      const file = resolve(folder, name)
      return !existsSync(file) || readFileSync(file, 'utf8') !== text
    })
    .map(([name]) => `docs/reference/${name} is old: run \`npm run reference\``)
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of await pages()) writeFileSync(resolve(folder, name), text)
}
