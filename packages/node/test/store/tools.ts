import type { SimDisk } from '../../src/seams/index.ts'
import type { Journal, JournalOptions } from '../../src/store/index.ts'

/** Payload number `n`: its length and content follow from `n`, so that a record tells which one it is. */
export function payload(n: number, bytes = (n * 7) % 41): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => (n * 31 + at * 17) % 256)
}

/** Payloads `from`..`to` */
export function payloads(from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from + 1 }, (_, at) => payload(from + at))
}

export async function readAll(journal: Journal, fromIndex?: number): Promise<Uint8Array[]> {
  const read: Uint8Array[] = []
  for await (const record of journal.records(fromIndex)) read.push(record.payload)
  return read
}

/** Small segments, and salts that repeat. */
export function smallSegments(seed: number): JournalOptions {
  let salt = seed
  return { segmentBytesMax: 250, salt: () => (salt = Math.imul(salt + 1, 0x9e3779b1) >>> 0) }
}

/** Overwrites what a file holds, as if it had always been so. */
export async function plant(disk: SimDisk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.mount().open(path)
  await file.truncate(0)
  await file.write(0, bytes)
  await file.datasync()
}

export async function contentOf(disk: SimDisk, path: string): Promise<Uint8Array> {
  const file = await disk.mount().open(path)
  return file.read(0, await file.size())
}

/** Compares long lists much faster than `assert.deepEqual`. */
export function assertSame(actual: readonly Uint8Array[] | Error, expected: readonly Uint8Array[], what: string): void {
  if (actual instanceof Error) throw new Error(`${what}: ${actual.message}`, { cause: actual })
  const wrong = actual.findIndex((bytes, at) => Buffer.compare(bytes, expected[at] ?? NOTHING) !== 0)
  if (wrong !== -1) throw new Error(`${what}: record ${wrong + 1} is not the one expected`)
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${actual.length} records instead of ${expected.length}`)
}

/** Differs from every payload the tests use. */
const NOTHING = new Uint8Array(1000)
