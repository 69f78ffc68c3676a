import { Unreachable } from './errors.ts'

/** More than a node ever answers with: 10 000 receipts of a bulk, a page of blocks. A body without end is none of a node's. */
const BODY_BYTES_MAX = 128 * 1024 * 1024

/** Reads an answer. Throws {@link Unreachable}: one that breaks off, has no end or is not what it says did not arrive. */
export async function readBody<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause
    throw new Unreachable('the answer broke off or is not what it says', cause)
  }
}

/** Piece by piece: one that is packed is as long as it likes, whatever its header says, and a browser does not show that it is. */
export async function bytesOf({ body }: Response): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value)
    length += piece.value.length
    if (length <= BODY_BYTES_MAX) continue
    await reader.cancel()
    throw new Error(`the body has more than ${BODY_BYTES_MAX} bytes`)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const each of pieces) {
    whole.set(each, at)
    at += each.length
  }
  return whole
}

export async function textOf(response: Response): Promise<string> {
  return new TextDecoder().decode(await bytesOf(response))
}

export async function jsonOf<T>(response: Response): Promise<T> {
  return JSON.parse(await textOf(response)) as T
}
