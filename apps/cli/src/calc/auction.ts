import { calcBook, isCalcRefusal } from '@dujiang/market'
import { EXIT_REFUSED } from '../failure.ts'
import { inputLines, readInput } from '../input.ts'
import { jsonLine, print } from '../output.ts'

/**
 * Clears the book in `path`, or each of the books in an NDJSON file, and prints a result or an error object for each;
 * a blank line is no book.
 * @returns the exit status: 0, or 1 when a book was refused
 */
export async function calcAuction(
  path: string,
  { pretty, lines }: { readonly pretty: boolean; readonly lines: boolean },
): Promise<number> {
  if (!lines && !path.toLowerCase().endsWith('.ndjson')) return clearOne(await readInput(path), pretty)
  let status = 0
  for await (const line of inputLines(path)) {
    if (!isBlank(line)) status = Math.max(status, await clearOne(line, pretty))
  }
  return status
}

/** Nothing but what JSON takes for white space within a line. */
const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)

async function clearOne(bytes: Uint8Array, pretty: boolean): Promise<number> {
  // Bytes that are no UTF-8 become U+FFFD and are refused where JSON does not allow it; inside an id they do no harm.
  const result = calcBook(new TextDecoder().decode(bytes))
  await print(jsonLine(result, pretty))
  return isCalcRefusal(result) ? EXIT_REFUSED : 0
}
