import { existsSync, rmSync } from 'node:fs'
import { realDisk } from '@dujiang/node/seams'
import { StoreFault, openJournal } from '@dujiang/node/store'
import { defaultDataDir, inUse } from './data-dir.ts'

/** `npm run reset`: removes the sample's ledger, unless a process has it open. */
async function reset(): Promise<void> {
  if (!existsSync(defaultDataDir)) return say(`没有示例账本 nothing to remove: ${defaultDataDir}`)
  try {
    const journal = await openJournal(realDisk, `${defaultDataDir}/journal`)
    await journal.close()
  } catch (cause) {
    // A damaged ledger may go as well; one that is in use may not.
    if (cause instanceof StoreFault && cause.kind === 'locked') throw inUse(defaultDataDir, cause)
  }
  rmSync(defaultDataDir, { recursive: true, force: true })
  say(`已删除示例账本 removed: ${defaultDataDir}`)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

reset().catch((cause: unknown) => {
  process.stderr.write(`错误 error: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exit(1)
})
