const ENTRY_WORDS = 3
/** Of a bucket, over all of them. */
const ENTRIES_MEAN = 256
/** A bucket that is full gets room for so many more. */
const ENTRIES_MORE = 32

/**
 * Where things lie, by their id: 12 bytes each, of which 8 are the beginning of the id. Another id may begin alike, so what
 * is found are places where to look. Grows by one bucket at a time (linear hashing): no step is larger than a bucket, and
 * ids chosen to fall together lengthen the search in their bucket alone.
 */
export class IdTable {
  /** Each: how many entries, then their words: the two that the id begins with, and the place. */
  readonly #buckets: Uint32Array[] = [emptyBucket(0)]
  /** There are 2^level buckets and those that the first of them have been split into. */
  #level = 0
  #split = 0
  #size = 0

  /** @param id hexadecimal, at least 16 digits, as good as random @param place below 2^32 */
  add(id: string, place: number): void {
    const first = wordAt(id, 0)
    this.#put(this.#bucketOf(first), first, wordAt(id, 8), place)
    this.#size += 1
    if (this.#size > this.#buckets.length * ENTRIES_MEAN) this.#splitNext()
  }

  /** Every place at which this id may be; in nearly all cases one if it was added and none if it was not. */
  placesOf(id: string): readonly number[] {
    const first = wordAt(id, 0)
    const second = wordAt(id, 8)
    const bucket = this.#buckets[this.#bucketOf(first)] as Uint32Array
    const end = 1 + (bucket[0] as number) * ENTRY_WORDS
    const places: number[] = []
    for (let at = 1; at < end; at += ENTRY_WORDS) {
      if (bucket[at] === first && bucket[at + 1] === second) places.push(bucket[at + 2] as number)
    }
    return places
  }

  #bucketOf(word: number): number {
    const index = word % 2 ** this.#level
    return index < this.#split ? word % 2 ** (this.#level + 1) : index
  }

  #put(index: number, first: number, second: number, place: number): void {
    let bucket = this.#buckets[index] as Uint32Array
    const count = bucket[0] as number
    const at = 1 + count * ENTRY_WORDS
    if (at === bucket.length) {
      const larger = emptyBucket(count)
      larger.set(bucket)
      this.#buckets[index] = bucket = larger
    }
    bucket[0] = count + 1
    bucket[at] = first
    bucket[at + 1] = second
    bucket[at + 2] = place
  }

  #splitNext(): void {
    const bucket = this.#buckets[this.#split] as Uint32Array
    const count = bucket[0] as number
    this.#buckets[this.#split] = emptyBucket(count >>> 1)
    this.#buckets.push(emptyBucket(count >>> 1))
    this.#split += 1
    for (let at = 1; at < 1 + count * ENTRY_WORDS; at += ENTRY_WORDS) {
      const [first, second, place] = bucket.subarray(at, at + ENTRY_WORDS) as unknown as [number, number, number]
      this.#put(this.#bucketOf(first), first, second, place)
    }
    if (this.#split < 2 ** this.#level) return
    this.#level += 1
    this.#split = 0
  }
}

/** With room for a few more than so many. */
const emptyBucket = (entries: number): Uint32Array => new Uint32Array(1 + (entries + ENTRIES_MORE) * ENTRY_WORDS)

const wordAt = (id: string, digit: number): number => Number.parseInt(id.slice(digit, digit + 8), 16)
