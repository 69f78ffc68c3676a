/** A value of the same shape with one leaf changed, and where. */
export type Mutation<T> = { readonly at: string; readonly value: T }

/**
 * Every value that differs from `value` in one leaf: each byte of each byte string with one bit flipped, each byte string
 * one byte longer and one shorter, each number one up and one down, each text with its last character changed, each list
 * without one element, with one twice and with two neighbours swapped.
 */
export function mutationsOf<T>(value: T): Mutation<T>[] {
  return changed(value, '') as Mutation<T>[]
}

function changed(value: unknown, at: string): Mutation<unknown>[] {
  if (value instanceof Uint8Array) return changedBytes(value, at)
  if (typeof value === 'number')
    return [1, -1].map((step) => ({ at: `${at}${step > 0 ? '+' : '-'}1`, value: value + step }))
  if (typeof value === 'string') return [{ at, value: `${value.slice(0, -1)}~` }]
  if (Array.isArray(value)) return changedList(value, at)
  const record = value as Record<string, unknown>
  return Object.entries(record).flatMap(([name, part]) =>
    changed(part, `${at}/${name}`).map((inner) => ({ at: inner.at, value: { ...record, [name]: inner.value } })),
  )
}

function changedBytes(bytes: Uint8Array, at: string): Mutation<Uint8Array>[] {
  const flipped = Array.from(bytes, (byte, i) => ({ at: `${at}[${i}]`, value: bytes.with(i, byte ^ (1 << (i % 8))) }))
  const longer = { at: `${at}+`, value: Uint8Array.of(...bytes, 0) }
  return bytes.length === 0 ? [longer] : [...flipped, longer, { at: `${at}-`, value: bytes.slice(0, -1) }]
}

function changedList(list: unknown[], at: string): Mutation<unknown[]>[] {
  return list.flatMap((element, i) => [
    ...changed(element, `${at}/${i}`).map((inner) => ({ at: inner.at, value: list.with(i, inner.value) })),
    { at: `${at}/${i} left out`, value: list.toSpliced(i, 1) },
    { at: `${at}/${i} twice`, value: list.toSpliced(i, 0, element) },
    ...(i === 0 ? [] : [{ at: `${at}/${i} swapped`, value: list.with(i, list[i - 1]).with(i - 1, element) }]),
  ])
}
