import { readFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { Failure } from './failure.ts'

/** The whole of a file, or of standard input for `-`. */
export async function readInput(path: string): Promise<Uint8Array> {
  if (path !== '-') return readFile(path).catch(unreadable(path))
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The lines of a file, or of standard input for `-`, without their line feeds; the last may lack its own. */
export async function* inputLines(path: string): AsyncGenerator<Uint8Array, void> {
  const stream: AsyncIterable<Buffer> =
    path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 2 ** 20 })
  let rest: Buffer[] = []
  try {
    for await (const chunk of stream) {
      let from = 0
      for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, at)])
        rest = []
        from = at + 1
      }
      if (from < chunk.length) rest.push(chunk.subarray(from))
    }
  } catch (cause) {
    unreadable(path)(cause)
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

const LF = 0x0a

export function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    const { code } = cause as { readonly code?: string }
    if (code === undefined) throw cause
    throw new Failure(`无法读取 ${path}（${code}）`, `cannot read ${path} (${code})`, undefined, cause)
  }
}
