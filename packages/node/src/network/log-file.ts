import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface LogLimits {
  /** A file that has grown past this is put aside. */
  readonly bytesMax: number
  /** How many put aside are kept: `name.1` is the youngest. */
  readonly keptMax: number
}

/**
 * Lines in a file that does not grow without bound. What a child says last is often what matters, so nothing is buffered; a
 * line that the disk does not take is lost, since a full disk must not end the pair whose words these are.
 */
export class LogFile {
  readonly #path: string
  readonly #limits: LogLimits
  #file: number
  #bytes: number

  constructor(path: string, limits: LogLimits) {
    mkdirSync(dirname(path), { recursive: true })
    this.#path = path
    this.#limits = limits
    this.#file = openSync(path, 'a', 0o600)
    this.#bytes = statSync(path).size
  }

  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`)
    try {
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.#limits.bytesMax) this.#putAside()
    } catch {
      // No other file can be begun now: this one goes on, as far as it may.
      if (this.#bytes > 2 * this.#limits.bytesMax) return
    }
    try {
      this.#bytes += writeSync(this.#file, bytes)
    } catch {
      // Lost, as said above.
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** The next file is opened before any is renamed: where that fails, nothing has changed, and no older file is lost. */
  #putAside(): void {
    const nextPath = `${this.#path}.next`
    const next = openSync(nextPath, 'w', 0o600)
    try {
      for (let place = this.#limits.keptMax - 1; place >= 1; place--) renameIfThere(`${this.#path}.${place}`, place + 1)
      renameSync(this.#path, `${this.#path}.1`)
      renameSync(nextPath, this.#path)
    } catch (cause) {
      closeSync(next)
      throw cause
    }
    closeSync(this.#file)
    this.#file = next
    this.#bytes = 0
  }
}

function renameIfThere(path: string, place: number): void {
  try {
    renameSync(path, path.replace(/\d+$/, String(place)))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
}
