import { EXIT_REFUSED } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { bringDay, sessionOf } from './italy/bring.ts'
import { daysOf } from './italy/days.ts'
import { type HourOnRecord, hoursOnRecord, lineOf } from './italy/hours.ts'
import { withLedger } from './italy/ledger.ts'
import { placesOf } from './italy/places.ts'
import { checkReceipts, receiptFiles } from './italy/receipts.ts'
import { dayLines, sourceLines, summaryLines } from './italy/report.ts'
import { type Month, readMonth } from './italy/source.ts'

export interface ItalyOptions {
  readonly data?: string
  readonly source?: string
  readonly ledger?: string
  readonly days: string
  readonly prices?: string
  readonly json?: true
}

/**
 * Brings days of a real exchange to a ledger as recorded sessions, prints what the ledger has on record of each hour, and
 * checks the receipts offline. With `json` standard output is one line an hour, and the rest goes to standard error.
 * @returns the exit status: 0, or 1 when a receipt does not verify or the record was made from other files. A published
 * price outside its interval is a finding on record, not a failure. Rules ITALY-1 to ITALY-7.
 */
export async function demoItaly(options: ItalyOptions): Promise<number> {
  const wanted = daysOf(options.days)
  const places = await placesOf(options)
  const month = await readMonth(places.source, wanted, options.prices)
  const json = options.json === true
  const tell = (lines: readonly string[]) =>
    json ? printAside(lines) : print(lines.map((line) => `${line}\n`).join(''))
  await tell(sourceLines(month))

  const { hours, files } = await withLedger(places.ledger, async (node) => {
    const onRecord: HourOnRecord[] = []
    const bar = progressBar(say('登记', 'bringing'))
    for (const [at, day] of month.days.entries()) {
      bar.update(at, month.days.length)
      await bringDay(node, day)
      onRecord.push(...hoursOnRecord(node.view(), day))
    }
    bar.stop()
    return { hours: onRecord, files: await receiptFiles(node, sessionsOf(month)) }
  })
  for (const { date } of month.days) {
    const day = hours.filter((hour) => hour.date === date)
    await print(json ? day.map((hour) => jsonLine(lineOf(hour))).join('') : `${dayLines(date, day).join('\n')}\n`)
  }
  await tell(summaryLines(hours))
  return (await receiptsHold(files, hours, tell)) && (await recordHolds(hours, tell)) ? 0 : EXIT_REFUSED
}

type Tell = (lines: readonly string[]) => Promise<void>

const sessionsOf = ({ days }: Month): ReadonlySet<string> => new Set(days.map(({ date }) => sessionOf(date)))

/** The node is closed by now: the files are checked with the pinned genesis alone. */
async function receiptsHold(
  files: readonly Uint8Array[],
  hours: readonly HourOnRecord[],
  tell: Tell,
): Promise<boolean> {
  const checked = checkReceipts(files, hours)
  await tell([
    say(
      `收据离线核验：${checked.verified} / ${checked.files} 通过；${checked.hours} / ${hours.length} 小时的申报与核对结果由已核验收据证明。`,
      `Receipts verified offline: ${checked.verified} of ${checked.files}; the book and the check of ${checked.hours} of ${hours.length} hours are proved by a verified receipt.`,
    ),
  ])
  return checked.verified === checked.files && checked.hours === hours.length
}

async function recordHolds(hours: readonly HourOnRecord[], tell: Tell): Promise<boolean> {
  const others = hours.filter(({ ofTheseFiles }) => !ofTheseFiles).length
  if (others > 0) {
    await tell([
      say(
        `${others} 小时此前已按其他数据登记：登记不可更改，以上为原登记（如需重来，请换一个账本目录）。`,
        `${others} hours were on record from other files: a record stays as it is and is what is shown (another ledger folder starts afresh).`,
      ),
    ])
  }
  return others === 0
}

function printAside(lines: readonly string[]): Promise<void> {
  for (const line of lines) if (line !== '') process.stderr.write(`${line}\n`)
  return Promise.resolve()
}
