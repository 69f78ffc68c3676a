/**
 * Remembers the `sizeMax` most recently used results of `make`, by the bytes they came from. Only speed depends on it:
 * `make` must give the same result every time.
 */
export class ByteKeyedCache<Value> {
  readonly #make: (bytes: Uint8Array) => Value
  readonly #sizeMax: number
  // A Map keeps insertion order: the first entry is the one unused for longest.
  readonly #values = new Map<string, { value: Value }>()

  constructor(sizeMax: number, make: (bytes: Uint8Array) => Value) {
    this.#sizeMax = sizeMax
    this.#make = make
  }

  get(bytes: Uint8Array): Value {
    const name = String.fromCharCode(...bytes)
    const known = this.#values.get(name)
    if (known !== undefined) {
      this.#values.delete(name)
      this.#values.set(name, known)
      return known.value
    }
    const value = this.#make(bytes)
    this.#values.set(name, { value })
    if (this.#values.size > this.#sizeMax) this.#values.delete(this.#values.keys().next().value!)
    return value
  }
}
