import { readDoor } from '@dujiang/node/consortium'

/** What the two processes of a home show to Prometheus; undefined where they do not answer. */
export interface Numbers {
  readonly receipts: number | undefined
  readonly pending: number | undefined
  readonly ready: boolean | undefined
  /** It was started with an older copy of its disk. */
  readonly olderCopy: boolean | undefined
  readonly alarm: boolean | undefined
  /** Its peers are further and give it no block. */
  readonly stranded: boolean | undefined
  /** The engine does not start with the ledger of this home. */
  readonly halvesApart: boolean | undefined
  /** Its list of peers has a mistake in it. */
  readonly listUnreadable: boolean | undefined
  readonly restarts: number | undefined
}

export async function numbersOf(home: string): Promise<Numbers> {
  const { metrics } = await readDoor(home)
  const [ledger, supervisor] = await Promise.all([textAt(metrics.ledger), textAt(metrics.supervisor)])
  return {
    receipts: valueIn(ledger, 'dujiang_ledger_receipts'),
    pending: valueIn(ledger, 'dujiang_ledger_pending'),
    ready: flagIn(ledger, 'dujiang_ready'),
    olderCopy: flagIn(ledger, 'dujiang_older_copy'),
    alarm: flagIn(supervisor, 'dujiang_pair_alarm'),
    stranded: flagIn(supervisor, 'dujiang_pair_stranded'),
    halvesApart: flagIn(supervisor, 'dujiang_pair_halves_apart'),
    listUnreadable: flagIn(supervisor, 'dujiang_pair_list_unreadable'),
    restarts: valueIn(supervisor, 'dujiang_pair_restarts'),
  }
}

async function textAt(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(3_000) })
    return await answer.text()
  } catch {
    return ''
  }
}

function valueIn(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

function flagIn(text: string, name: string): boolean | undefined {
  const value = valueIn(text, name)
  return value === undefined ? undefined : value === 1
}
