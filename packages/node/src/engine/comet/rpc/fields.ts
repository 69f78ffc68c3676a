import type { Timestamp } from '@dujiang/chain'
import { RpcFault } from './fault.ts'

/**
 * An object of an answer, read field by field; `path` says where it stands. What is not as the engine writes it is a fault:
 * 64-bit integers are decimal texts, 32-bit ones numbers, hashes upper-case hexadecimal, other bytes base64, instants
 * RFC 3339 in UTC, and an empty list may be null. Fields that nobody asks for are ignored.
 */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #path: string

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(path, 'no object')
    this.#fields = value as Readonly<Record<string, unknown>>
    this.#path = path
  }

  raw(name: string): unknown {
    return this.#fields[name]
  }

  object(name: string): Fields {
    return new Fields(this.#fields[name], this.#at(name))
  }

  objects(name: string): readonly Fields[] {
    return this.#list(name).map((value, i) => new Fields(value, `${this.#at(name)}/${i}`))
  }

  text(name: string): string {
    const value = this.#fields[name]
    if (typeof value !== 'string') throw unreadable(this.#at(name), 'no text')
    return value
  }

  flag(name: string): boolean {
    const value = this.#fields[name]
    if (typeof value !== 'boolean') throw unreadable(this.#at(name), 'neither true nor false')
    return value
  }

  /** An integer, in either spelling. The engine leaves some out when they are 0: give `absent` then. */
  int(name: string, absent?: number): number {
    const value = this.#fields[name]
    if (value === undefined && absent !== undefined) return absent
    const whole = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
    if (!Number.isSafeInteger(whole)) throw unreadable(this.#at(name), 'no integer')
    return whole as number
  }

  /** Bytes in hexadecimal, of one of these lengths, or of any when none is given. */
  hex(name: string, ...byteLengths: readonly number[]): Uint8Array {
    const text = this.text(name)
    if (!/^(?:[0-9A-F]{2})*$/.test(text)) throw unreadable(this.#at(name), 'no upper-case hexadecimal')
    return this.#sized(name, Buffer.from(text, 'hex'), byteLengths)
  }

  /** Bytes in base64, of one of these lengths, or of any when none is given; null stands for no bytes. */
  base64(name: string, ...byteLengths: readonly number[]): Uint8Array {
    if (this.#fields[name] === null) return this.#sized(name, new Uint8Array(0), byteLengths)
    return this.#sized(name, base64Bytes(this.#fields[name], this.#at(name)), byteLengths)
  }

  base64List(name: string): readonly Uint8Array[] {
    return this.#list(name).map((value, i) => base64Bytes(value, `${this.#at(name)}/${i}`))
  }

  time(name: string): Timestamp {
    const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(this.text(name))
    const seconds = parts === null ? Number.NaN : Date.parse(`${parts[1]}Z`) / 1000
    if (!Number.isSafeInteger(seconds)) throw unreadable(this.#at(name), 'no instant in UTC')
    return { seconds, nanos: Number((parts![2] ?? '').padEnd(9, '0')) }
  }

  #list(name: string): readonly unknown[] {
    const value = this.#fields[name] ?? []
    if (!Array.isArray(value)) throw unreadable(this.#at(name), 'no list')
    return value
  }

  #sized(name: string, bytes: Uint8Array, byteLengths: readonly number[]): Uint8Array {
    if (byteLengths.length > 0 && !byteLengths.includes(bytes.length)) {
      throw unreadable(this.#at(name), `${bytes.length} bytes`)
    }
    // A plain array over the same memory: a Buffer compares and prints differently.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  #at(name: string): string {
    return `${this.#path}/${name}`
  }
}

function base64Bytes(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string') throw unreadable(path, 'no text')
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') !== value) throw unreadable(path, 'no base64')
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}

function unreadable(path: string, what: string): RpcFault {
  return new RpcFault('unreadable', `the engine's answer has ${what} at ${path === '' ? '/' : path}`)
}
