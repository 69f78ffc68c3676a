import { lstatSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'

/** What the kernel takes for the path of a unix socket, without the zero that ends it. */
const PATH_BYTES_MAX = 107

/** Makes sure that a unix socket can be made at `path`: one that nobody serves any more is taken away. Rule ABCI-10. */
export async function makeRoom(path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) throw new Error(`${path}: longer than ${PATH_BYTES_MAX} bytes`)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) throw new Error(`${path}: exists and is no socket`)
  if (await answers(path)) throw new Error(`${path}: another process listens there`)
  unlinkSync(path)
}

function answers(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const probe = connect(path)
    probe.on('connect', () => {
      probe.destroy()
      answer(true)
    })
    probe.on('error', () => answer(false))
  })
}
