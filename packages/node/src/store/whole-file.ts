import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** For nobody but the user the node runs as: keys, and settings that say who is let in. */
const FILE_MODE = 0o600

/** Writes a file so that it is the old one or the whole new one, whatever happens. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`
  const file = await open(partial, 'w', FILE_MODE)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
