import { type FileHandle, open, readFile } from 'node:fs/promises'

/** What a node told somebody about an act: its receipt, or the promise of one. */
export type Acknowledged =
  | {
      readonly kind: 'committed'
      readonly id: string
      readonly height: number
      readonly index: number
      /** SHA-256 of the receipt's bytes. */
      readonly receipt: string
    }
  | {
      readonly kind: 'promised'
      readonly id: string
      /** The last height committed when the promise was made. */
      readonly height: number
      /** Seconds of block time after that height. */
      readonly withinSeconds: number
    }

/** The file in which a client keeps what it was told: each line is on the disk before the client goes on. */
export class AcknowledgedFile {
  readonly #file: FileHandle
  #count = 0
  #waiting: { readonly count: number; readonly resolve: () => void }[] = []

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async create(path: string): Promise<AcknowledgedFile> {
    return new AcknowledgedFile(await open(path, 'ax'))
  }

  get count(): number {
    return this.#count
  }

  async add(line: Acknowledged): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(line)}\n`)
    await this.#file.datasync()
    this.#count += 1
    const reached = this.#waiting.filter(({ count }) => count <= this.#count)
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#count)
    for (const { resolve } of reached) resolve()
  }

  /** Resolves when so many lines are in the file. */
  reached(count: number): Promise<void> {
    if (count <= this.#count) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ count, resolve }))
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

export async function readAcknowledged(path: string): Promise<readonly Acknowledged[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Acknowledged)
}
