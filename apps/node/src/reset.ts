import { existsSync, readdirSync, rmSync } from 'node:fs'
import { homePaths } from '@dujiang/node/network'
import { realDisk } from '@dujiang/node/seams'
import { StoreFault, openJournal } from '@dujiang/node/store'
import { defaultDataDir, defaultNetworkDir, inUse } from './data-dir.ts'
import { Trouble } from './trouble.ts'

/** `npm run reset`: removes the sample's ledger and its network, unless a process has them open. */
async function reset(): Promise<void> {
  await remove(defaultDataDir, demandLedgerUnused)
  await remove(defaultNetworkDir, demandNetworkUnused)
}

async function remove(dir: string, demandUnused: (dir: string) => Promise<void>): Promise<void> {
  if (!existsSync(dir)) return say(`没有示例账本 nothing to remove: ${dir}`)
  await demandUnused(dir)
  rmSync(dir, { recursive: true, force: true })
  say(`已删除示例账本 removed: ${dir}`)
}

async function demandLedgerUnused(dir: string): Promise<void> {
  try {
    const journal = await openJournal(realDisk, `${dir}/journal`)
    await journal.close()
  } catch (cause) {
    // A damaged ledger may go as well; one that is in use may not.
    if (cause instanceof StoreFault && cause.kind === 'locked') throw inUse(dir, cause)
  }
}

/** A home is held by its supervisor for as long as that lives. */
async function demandNetworkUnused(dir: string): Promise<void> {
  const nodes = `${dir}/nodes`
  for (const org of existsSync(nodes) ? readdirSync(nodes) : []) {
    const lock = await realDisk.lock(homePaths(`${nodes}/${org}`).lock).catch((cause: unknown) => {
      throw new Trouble(`${dir} 的网络正在运行；先停止它`, 'the network runs: stop it first', cause)
    })
    await lock.release()
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

reset().catch((cause: unknown) => {
  process.stderr.write(`错误 error: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exit(1)
})
