import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Failure } from '../../failure.ts'
import { unreadable } from '../../input.ts'

/** Says why a row cannot be used; the file's name and line are added. */
export type RowFault = { readonly zh: string; readonly en: string }

/**
 * Reads a CSV file of these columns, compressed when its name ends with `.gz`, row by row. Refuses another header, another
 * number of fields, quotes, and what `take` finds fault with, each by its line. Resolves with the number of rows.
 */
export async function readCsv(
  path: string,
  columns: readonly string[],
  take: (fields: readonly string[]) => RowFault | undefined,
): Promise<number> {
  const header = columns.join(',')
  let line = 0
  const takeLine = (text: string): void => {
    line++
    const fault = line === 1 ? headerFault(text, header) : rowFault(text, columns.length, take)
    if (fault !== undefined) {
      throw new Failure(`${path} 第 ${line} 行：${fault.zh}`, `${path}, line ${line}: ${fault.en}`)
    }
  }
  const rest = await eachLine(path, takeLine)
  if (rest !== '') takeLine(rest)
  if (line === 0) takeLine('')
  return line - 1
}

/** Calls `take` for each line that ends with a line feed, and resolves with what follows the last. */
async function eachLine(path: string, take: (line: string) => void): Promise<string> {
  let rest = ''
  for await (const chunk of chunksOf(path)) {
    const text = rest + chunk
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      take(text.slice(from, at))
      from = at + 1
    }
    rest = text.slice(from)
  }
  return rest
}

async function* chunksOf(path: string): AsyncGenerator<string, void> {
  const file = createReadStream(path, { highWaterMark: 2 ** 18 })
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: 2 ** 18 })) : file
  // A pipe does not carry faults on.
  if (bytes !== file) file.on('error', (fault) => bytes.destroy(fault))
  bytes.setEncoding('latin1')
  try {
    for await (const chunk of bytes) yield chunk as string
  } catch (cause) {
    unreadable(path)(cause)
  }
}

function headerFault(text: string, header: string): RowFault | undefined {
  return text === header ? undefined : { zh: `表头应为 ${header}`, en: `the header should be ${header}` }
}

function rowFault(
  text: string,
  columns: number,
  take: (fields: readonly string[]) => RowFault | undefined,
): RowFault | undefined {
  const fields = text.split(',')
  if (fields.length !== columns || text.includes('"')) {
    return { zh: `应有 ${columns} 个字段且不带引号`, en: `there should be ${columns} fields without quotes` }
  }
  return take(fields)
}
