import { relative } from 'node:path'
import { readDoor } from '@dujiang/node/consortium'
import { PromisesOpen, emptyHome } from '@dujiang/node/network'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { explainedHome } from './run.ts'

export interface ResetFlags {
  readonly forgetPromises?: true
  readonly json?: true
}

/** Empties the home of a node that is not running, and says what went. */
export async function reset(home: string, { forgetPromises, json }: ResetFlags): Promise<void> {
  await readDoor(home).catch(unreadable(home))
  const options = { forgetsPromises: forgetPromises === true, nowMs: Date.now() }
  const removed = await emptyHome(home, options).catch((cause: unknown) => explained(home, cause))
  const names = removed.map((path) => relative(home, path))
  if (json === true) return print(jsonLine({ home, removed: names }))
  if (names.length === 0) return print(say(`${home} 本来就是空的\n`, `${home} had nothing to remove\n`))
  await print(
    say(
      `已从 ${home} 删除：${names.join(' ')}\n密钥、设置、已签高度的记录未动；启动后重新加入：dujiang network start ${home}\n`,
      `removed from ${home}: ${names.join(' ')}\nkeys, settings and the record of what it has signed are as they were; it joins anew when started: dujiang network start ${home}\n`,
    ),
  )
}

function explained(home: string, cause: unknown): never {
  if (!(cause instanceof PromisesOpen)) return explainedHome(home, cause)
  const { acts } = cause
  const zh = acts === undefined ? '受理日志读不出来' : `它受理的操作中有 ${acts} 项可能尚未入块`
  const en =
    acts === undefined ? 'its intake log cannot be read' : `it has promised ${acts} acts that may be in no block yet`
  throw new Failure(
    `${home}：${zh}；先启动它使其入块，或确认 --forget-promises`,
    `${home}: ${en}; start it so that they come into one, or say --forget-promises`,
    EXIT_REFUSED,
    cause,
  )
}
