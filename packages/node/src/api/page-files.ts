import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a browser may take a file as, the smaller first, and how its copy beside the file is called. */
export const PACKED = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const

export type Encoding = (typeof PACKED)[number]['encoding']

/** A file of the build with the copies of it that the build has packed. */
export interface PageFile {
  readonly bytes: Buffer
  readonly packed: ReadonlyMap<Encoding, Buffer>
  /** A word for its content. */
  readonly digest: string
}

/** The files of a build, each read once and kept for as long as the build is the same. Rule PAGES-5. */
export class PageFiles {
  readonly #dir: string
  readonly #kept = new Map<string, PageFile>()
  #build = ''

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Another build may have come into the folder: what was read of the one before is then forgotten. */
  async look(): Promise<void> {
    const first = await stat(join(this.#dir, 'index.html')).catch(() => undefined)
    const build = first === undefined ? '' : `${first.ino} ${first.mtimeMs} ${first.size}`
    if (build === this.#build) return
    this.#kept.clear()
    this.#build = build
  }

  /** Undefined where there is none. */
  async file(path: string): Promise<PageFile | undefined> {
    const kept = this.#kept.get(path)
    if (kept !== undefined) return kept
    const at = join(this.#dir, path)
    const bytes = await bytesOf(at)
    if (bytes === undefined) return undefined
    const packed = new Map<Encoding, Buffer>()
    for (const { encoding, suffix } of PACKED) {
      const copy = await bytesOf(at + suffix)
      if (copy !== undefined) packed.set(encoding, copy)
    }
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
    const file = { bytes, packed, digest }
    this.#kept.set(path, file)
    return file
  }
}

function bytesOf(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}
