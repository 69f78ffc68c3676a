/** Of a bucket, over all of them. */
const ENTRIES_MEAN = 128
/** A bucket that is full gets room for so many more. */
const ENTRIES_MORE = 16

/**
 * Where things lie, by their id: 12 bytes each, of which 8 are the beginning of the id. Another id may begin alike, so what
 * is found are places where to look. Grows by one bucket at a time (linear hashing): no step is larger than a bucket, and
 * ids chosen to fall together lengthen the search in their bucket alone.
 */
export class IdTable {
  readonly #buckets: Bucket[] = [new Bucket(0)]
  /** There are 2^level buckets and those that the first of them have been split into. */
  #level = 0
  #split = 0
  #size = 0

  /** @param id hexadecimal, at least 16 digits, as good as random @param place below 2^32 */
  add(id: string, place: number): void {
    const first = wordAt(id, 0)
    this.#bucketOf(first).put(first, wordAt(id, 8), place | 0)
    this.#size += 1
    if (this.#size > this.#buckets.length * ENTRIES_MEAN) this.#splitNext()
  }

  /** Every place at which this id may be; in nearly all cases one if it was added and none if it was not. */
  placesOf(id: string): readonly number[] {
    const first = wordAt(id, 0)
    return this.#bucketOf(first).placesOf(first, wordAt(id, 8))
  }

  #bucketOf(first: number): Bucket {
    const word = first >>> 0
    const index = word % 2 ** this.#level
    return this.#buckets[index < this.#split ? word % 2 ** (this.#level + 1) : index] as Bucket
  }

  #splitNext(): void {
    const bucket = this.#buckets[this.#split] as Bucket
    this.#buckets[this.#split] = new Bucket(bucket.size >>> 1)
    this.#buckets.push(new Bucket(bucket.size >>> 1))
    this.#split += 1
    bucket.each((first, second, place) => this.#bucketOf(first).put(first, second, place))
    if (this.#split < 2 ** this.#level) return
    this.#level += 1
    this.#split = 0
  }
}

/** Entries as three columns of signed words, which the machine compares fastest: the first words, the second, the places. */
class Bucket {
  size = 0
  #words: Int32Array
  #room: number

  /** With room for a few more than so many. */
  constructor(entries: number) {
    this.#room = entries + ENTRIES_MORE
    this.#words = new Int32Array(3 * this.#room)
  }

  put(first: number, second: number, place: number): void {
    if (this.size === this.#room) this.#widen()
    this.#words[this.size] = first
    this.#words[this.#room + this.size] = second
    this.#words[2 * this.#room + this.size] = place
    this.size += 1
  }

  placesOf(first: number, second: number): number[] {
    const words = this.#words
    const places: number[] = []
    for (let at = 0; at < this.size; at++) {
      if (words[at] !== first || words[this.#room + at] !== second) continue
      places.push((words[2 * this.#room + at] as number) >>> 0)
    }
    return places
  }

  each(tell: (first: number, second: number, place: number) => void): void {
    const words = this.#words
    for (let at = 0; at < this.size; at++) {
      tell(words[at] as number, words[this.#room + at] as number, words[2 * this.#room + at] as number)
    }
  }

  #widen(): void {
    const [words, room] = [this.#words, this.#room]
    this.#room = room + ENTRIES_MORE
    this.#words = new Int32Array(3 * this.#room)
    for (const column of [0, 1, 2]) {
      this.#words.set(words.subarray(column * room, (column + 1) * room), column * this.#room)
    }
  }
}

const wordAt = (id: string, digit: number): number => Number.parseInt(id.slice(digit, digit + 8), 16) | 0
