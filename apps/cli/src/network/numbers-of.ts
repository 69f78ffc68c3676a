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
  readonly restarts: number | undefined
}

export async function numbersOf(home: string): Promise<Numbers> {
  const { metrics } = await readDoor(home)
  const [ledger, supervisor] = await Promise.all([textAt(metrics.ledger), textAt(metrics.supervisor)])
  const [ready, olderCopy] = [valueIn(ledger, 'dujiang_ready'), valueIn(ledger, 'dujiang_older_copy')]
  const [alarm, stranded] = [valueIn(supervisor, 'dujiang_pair_alarm'), valueIn(supervisor, 'dujiang_pair_stranded')]
  return {
    receipts: valueIn(ledger, 'dujiang_ledger_receipts'),
    pending: valueIn(ledger, 'dujiang_ledger_pending'),
    ready: ready === undefined ? undefined : ready === 1,
    olderCopy: olderCopy === undefined ? undefined : olderCopy === 1,
    alarm: alarm === undefined ? undefined : alarm === 1,
    stranded: stranded === undefined ? undefined : stranded === 1,
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
