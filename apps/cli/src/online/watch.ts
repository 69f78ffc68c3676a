import { type Listed, isWithheld } from '@dujiang/client'
import { Failure } from '../failure.ts'
import { language, say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { type Connection, connect, explainedBy } from './connection.ts'

export type WatchFlags = Partial<Connection> & {
  readonly after?: string
  readonly count?: string
  readonly json?: true
}

/** Prints receipts as they come, until `count` of them or Ctrl-C. */
export async function watch(flags: WatchFlags): Promise<void> {
  const after = flags.after === undefined ? {} : { after: numberOf('--after', flags.after) }
  let left = flags.count === undefined ? Number.POSITIVE_INFINITY : numberOf('--count', flags.count)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const client = await connect(flags)
  try {
    for await (const listed of client.stream({ ...after, signal: stop.signal })) {
      await print(flags.json === true ? jsonLine(listed) : inWords(listed))
      if (--left <= 0) break
    }
  } catch (cause) {
    if (!stop.signal.aborted) explainedBy(cause)
  }
}

function inWords(listed: Listed): string {
  if (isWithheld(listed)) {
    const { index, height } = listed
    return `#${index} @${height} ${say('（未到公开时间）', '(not open to you yet)')}\n`
  }
  const { receipt, sentence } = listed
  const { index, height, act, org, refusal, id } = receipt
  const decision = refusal === undefined ? '✓' : `✗ ${refusal.name} ${sentence?.[language] ?? ''}`
  return `#${index} @${height} ${act} ${org ?? ''} ${id.slice(0, 16)} ${decision}\n`
}

function numberOf(name: string, text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new Failure(`${name} 取整数`, `${name} takes a whole number`)
  return Number(text)
}
