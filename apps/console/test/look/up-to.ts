import type { Answer, Desk, Errand } from '@dujiang/testing/province'

/** How far a session is held: until it opens, until its gate, or until this act is due and not sent. */
export type End = 'opening' | 'gate' | `auction.${string}`

/** A session has been held as far as it should be. */
export class Halted extends Error {}

/** A desk at which a session is held no further; a session waits for its opening, and then for its gate. */
export function upTo(desk: Desk, end: End): Desk {
  let waited = 0
  return {
    nowMs: () => desk.nowMs(),
    async waitUntil(timeMs) {
      if ((waited++ === 0 ? 'opening' : 'gate') === end) throw new Halted(end)
      return desk.waitUntil(timeMs)
    },
    async send(errands) {
      if (errands.some(({ act }) => act === end)) throw new Halted(end)
      return desk.send(errands)
    },
    row: (key) => desk.row(key),
    rowWhen: (key, wished) => desk.rowWhen(key, wished),
  }
}

/** One desk for sessions that are held at the same time: an organisation's acts go one after another, since its sequences must rise. */
export function shared(desk: Desk, waitUntil: Desk['waitUntil']): Desk {
  const last = new Map<string, Promise<unknown>>()
  const sendOne = (errand: Errand): Promise<Answer> => {
    const { org } = errand.by
    const sent = (last.get(org) ?? Promise.resolve()).then(async () => (await desk.send([errand]))[0] as Answer)
    last.set(
      org,
      sent.catch(() => {}),
    )
    return sent
  }
  return {
    nowMs: () => desk.nowMs(),
    waitUntil,
    send: (errands) => Promise.all(errands.map(sendOne)),
    row: (key) => desk.row(key),
    rowWhen: (key, wished) => desk.rowWhen(key, wished),
  }
}
