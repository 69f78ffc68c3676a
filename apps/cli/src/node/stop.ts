import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '@dujiang/client'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { readHolder } from './holder.ts'
import { explainedLocal } from './trouble.ts'

const WAIT_MS = 30_000

/** Asks the node of a data folder to end and waits until it has. */
export async function stop(dataDir: string): Promise<void> {
  const holder = readHolder(dataDir)
  if (holder === undefined) throw new Failure(`${dataDir} 没有节点在运行`, `no node runs on ${dataDir}`, EXIT_REFUSED)
  // A process id may have been given to another program since: only one that answers for this chain is ended.
  const chain = await new Client({ nodes: [holder.url] }).status().then(
    (status) => status.chain,
    () => undefined,
  )
  if (chain !== chainOf(dataDir))
    throw new Failure(
      `${dataDir} 的节点没有应答，可能已停止`,
      `the node of ${dataDir} does not answer: it may have ended`,
      EXIT_REFUSED,
    )
  process.kill(holder.pid, 'SIGTERM')
  const endMs = performance.now() + WAIT_MS
  while (isAlive(holder.pid)) {
    if (performance.now() > endMs)
      throw new Failure(`进程 ${holder.pid} 还没有结束`, `process ${holder.pid} has not ended yet`, EXIT_REFUSED)
    await sleep(50)
  }
  await print(say(`已停止（进程 ${holder.pid}）\n`, `stopped (process ${holder.pid})\n`))
}

function chainOf(dataDir: string): string {
  try {
    return readGenesis(nodeCrypto.sha256, Uint8Array.from(readFileSync(join(dataDir, 'genesis.json')))).chain
  } catch (cause) {
    return explainedLocal(cause)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
