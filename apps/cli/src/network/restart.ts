import { NotRestarted, restartPair } from '@dujiang/node/consortium'
import { readHome } from '@dujiang/node/network'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { homesOf } from './homes.ts'
import { isRunning } from './run.ts'

/** Starts both processes of each home anew, one home after the other: the next only when this one has caught up. */
export async function restart(named: readonly string[], { dir }: { readonly dir?: string }): Promise<void> {
  const homes = await homesOf(named, dir)
  for (const home of homes) {
    if (!(await isRunning(home))) throw new Failure(`${home} 没有节点在运行`, `no node runs in ${home}`)
  }
  for (const home of homes) {
    const startedMs = performance.now()
    const height = await restartPair(home).catch((cause: unknown) => {
      const { message } = cause as Error
      if (cause instanceof NotRestarted) {
        throw new Failure(
          `${home} 未重启，照旧运行：${message}`,
          `${home} was not restarted and runs on: ${message}`,
          undefined,
          cause,
        )
      }
      throw new Failure(
        `${home} 重启后没有追上，其余未动：${message}`,
        `${home} has not caught up again; the others were left alone: ${message}`,
        undefined,
        cause,
      )
    })
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1)
    const { moniker } = await readHome(home)
    await print(
      say(
        `${moniker} 已重启并追到高度 ${height}，用时 ${seconds} 秒\n`,
        `${moniker} is back, at height ${height}, after ${seconds} s\n`,
      ),
    )
  }
}
