import { watch } from 'node:fs'
import type { Api, ApiTls } from '../api/index.ts'
import { readTls, tlsDir } from './member-home.ts'

/**
 * Has an interface take over the certificates of its home whenever their files change, so that neither a new member's clients nor
 * a new certificate wait for a restart. Files that do not fit together, as between two that are copied one after the other, change
 * nothing. Gives what ends it. Rule CARD-9.
 */
export function followTls(
  home: string,
  now: ApiTls,
  api: Pick<Api, 'renewTls'>,
  log: (line: string) => void,
): () => void {
  let last = JSON.stringify(now)
  const takeOver = async (): Promise<void> => {
    try {
      const tls = await readTls(home)
      const next = JSON.stringify(tls)
      if (next === last) return
      api.renewTls(tls)
      last = next
      log('took over the certificates in tls')
    } catch (cause) {
      log(`the certificates in tls are not taken over, those before go on: ${(cause as Error).message}`)
    }
  }
  let turn = Promise.resolve()
  const watcher = watch(tlsDir(home), () => {
    turn = turn.then(takeOver)
  })
  watcher.on('error', (cause) =>
    log(`changes of the certificates in tls are not seen until a restart: ${cause.message}`),
  )
  return () => watcher.close()
}
