import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Api, serveApi } from '@dujiang/node/api'
import { type HomeNodeOptions, openHomeNode } from '@dujiang/node/network'
import type { LedgerNode } from '@dujiang/node/service'
import { type ApplicationName, applicationOf } from './applications.ts'

export interface HalfOptions extends HomeNodeOptions {
  readonly home: string
  readonly application: ApplicationName
  /** Of its HTTP interface. */
  readonly host: string
  readonly port: number
}

/** The ledger's half of a node, with its HTTP interface. */
export interface LedgerHalf {
  readonly node: LedgerNode
  close(): Promise<void>
}

/**
 * The file of a home that has every call of the engine, over all lives, a line each, so that their grammar can be judged. A line
 * begins with its break: after one that was not written to its end the next one is whole.
 */
export const callsFile = (home: string): string => join(home, 'calls.ndjson')

export async function openHalf({ home, application, host, port, log, ...more }: HalfOptions): Promise<LedgerHalf> {
  const { app, doors } = applicationOf(application)
  const life = `${process.pid} ${Date.now()}`
  const node = await openHomeNode(home, app, {
    // The signatures of the rig are few, and its nodes many on one machine.
    workers: 1,
    ...more,
    log: (call) => {
      appendFileSync(callsFile(home), `\n${JSON.stringify({ ...call, life })}`)
      log?.(call)
    },
  })
  let api: Api
  try {
    api = await serveApi({
      node,
      doors,
      crypto: nodeCrypto,
      host,
      port,
      log: { level: 'error', stream: process.stderr },
    })
  } catch (cause) {
    await node.close()
    throw cause
  }
  return {
    node,
    // At once: whoever waits for a block is told that the node stops, and the interface waits for nobody else.
    close: async () => {
      await Promise.all([api.close(), node.close()])
    },
  }
}
