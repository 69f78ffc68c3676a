import { lstatSync, unlinkSync } from 'node:fs'
import { type Server, connect } from 'node:net'

/** What the kernel takes for the path of a unix socket, without the zero that ends it. */
const PATH_BYTES_MAX = 107

/**
 * Listens on a unix socket that only its owner may use. Takes the place of one whose server has died; rejects where one
 * is alive, where the path is something else, and where the kernel would cut it short.
 */
export async function listenOn(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) throw new Error(`${path}: longer than ${PATH_BYTES_MAX} bytes`)
  await makeRoom(path)
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    // The file is made within this call, so the mask is that of no other file.
    const mask = process.umask(0o177)
    server.listen(path, () => {
      server.off('error', failed)
      listening()
    })
    process.umask(mask)
  })
}

async function makeRoom(path: string): Promise<void> {
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
