/** Where what a block recorded lies: in the log of receipts and in the file. */
export interface RecordPlace {
  readonly height: number
  /** Place in the log of its first receipt. */
  readonly first: number
  /** Byte of the file at which it begins. */
  readonly offset: number
}

/** The places of the records, in their order; 24 bytes each. */
export class RecordPlaces {
  readonly #heights: number[] = []
  readonly #firsts: number[] = []
  readonly #offsets: number[] = []

  /** Gives its number. */
  add({ height, first, offset }: RecordPlace): number {
    this.#heights.push(height)
    this.#firsts.push(first)
    return this.#offsets.push(offset) - 1
  }

  at(number: number): RecordPlace {
    const place = this.after(number - 1)
    if (place === undefined) throw new Error(`there is no record ${number}`)
    return place
  }

  after(number: number): RecordPlace | undefined {
    const next = number + 1
    const [height, first, offset] = [this.#heights[next], this.#firsts[next], this.#offsets[next]]
    return height === undefined || first === undefined || offset === undefined ? undefined : { height, first, offset }
  }

  /** The number of the record that the receipt of this place is in; the place is not below the first. */
  holding(index: number): number {
    return lastUpTo(this.#firsts, index)
  }

  /** The number of what the block of this height recorded; undefined when it recorded nothing. */
  ofHeight(height: number): number | undefined {
    const number = lastUpTo(this.#heights, height)
    return this.#heights[number] === height ? number : undefined
  }
}

/** Where the last of the ascending numbers is that is not above `limit`; -1 when there is none. */
function lastUpTo(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
