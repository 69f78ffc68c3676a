import { setTimeout as sleep } from 'node:timers/promises'
import { homePaths } from '@dujiang/node/network'
import { Trouble } from '../trouble.ts'
import type { SampleNode } from './found.ts'

const PATIENCE_MS = 180_000
const LOOK_AGAIN_MS = 200

/** Resolves when every node answers that it takes part. */
export async function allReady(nodes: readonly SampleNode[]): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS
  await Promise.all(
    nodes.map(async (node) => {
      while (!(await isReady(node.url))) {
        if (Date.now() > endMs) throw notReady(node)
        await sleep(LOOK_AGAIN_MS)
      }
    }),
  )
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function notReady({ org, home }: SampleNode): Trouble {
  const { logs } = homePaths(home)
  return new Trouble(
    `${org} 的节点 ${PATIENCE_MS / 1_000} 秒后仍未就绪；原因见 ${logs} 中的日志`,
    `the node of ${org} does not take part after ${PATIENCE_MS / 1_000} s: the logs in ${logs} say why`,
  )
}
