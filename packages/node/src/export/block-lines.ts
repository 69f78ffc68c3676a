import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type BlockFile, blockFileName } from './layout.ts'

/** One line of a block file, or its end with what has been read of it. */
export type Piece =
  | { readonly kind: 'line'; readonly file: string; readonly offset: number; readonly bytes: Uint8Array }
  /** Bytes that no line feed ends: a line cut short, or one longer than any block. */
  | { readonly kind: 'rest'; readonly file: string; readonly offset: number }
  | {
      readonly kind: 'end'
      readonly file: string
      readonly bytes: number
      readonly sha256: string
      readonly stated: BlockFile
    }

/** No block's line is longer (BLOCK-1 reads at most this). */
const LINE_BYTES_MAX = 16 * 1024 * 1024
const LF = 0x0a

/** Reads the block files one after the other, in pieces. */
export async function* piecesOf(dir: string, files: readonly BlockFile[]): AsyncGenerator<Piece, void> {
  for (const stated of files) {
    const file = blockFileName(stated.firstHeight)
    const sha256 = createHash('sha256')
    let rest: Buffer[] = []
    let restBytes = 0
    let offset = 0
    for await (const chunk of createReadStream(join(dir, file), { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
      sha256.update(chunk)
      let from = 0
      for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
        const tail = chunk.subarray(from, at)
        // A copy when it lies in one chunk too: a view would keep the whole chunk in memory.
        const bytes = Uint8Array.from(rest.length === 0 ? tail : Buffer.concat([...rest, tail]))
        yield { kind: 'line', file, offset, bytes }
        offset += bytes.length + 1
        rest = []
        restBytes = 0
        from = at + 1
      }
      rest.push(chunk.subarray(from))
      restBytes += chunk.length - from
      if (restBytes > LINE_BYTES_MAX) break
    }
    if (restBytes > 0) yield { kind: 'rest', file, offset }
    yield { kind: 'end', file, bytes: offset + restBytes, sha256: sha256.digest('hex'), stated }
  }
}
