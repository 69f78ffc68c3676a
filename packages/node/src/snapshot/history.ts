import type { Disk } from '../seams/index.ts'

/** Where a whole history waits, journal and seals from the first block on, to take the place of a base and what came after it. */
export const historyDir = (dataDir: string): string => `${dataDir}/history`

/**
 * Lets a history that is whole take the place of a node's base, or goes on where a crash has cut that short. Until it has begun
 * the folder is the old one, from then on only this leads to a folder that opens: so it comes before every opening. Rule IMP-4.
 */
export async function takeHistory(disk: Disk, dataDir: string): Promise<void> {
  const from = historyDir(dataDir)
  if (!(await has(disk, from))) return
  for (const part of ['journal', 'seals']) {
    // What has been moved is no longer here.
    if (!(await has(disk, `${from}/${part}`))) continue
    await removeFolder(disk, `${dataDir}/${part}`)
    await disk.rename(`${from}/${part}`, `${dataDir}/${part}`)
    await disk.syncDir(dataDir)
    await disk.syncDir(from)
  }
  await removeFolder(disk, `${dataDir}/base`)
  await removeFolder(disk, from)
}

/** Removes a folder of files, or of empty folders, durably; where there is none, nothing. */
export async function removeFolder(disk: Disk, dir: string): Promise<void> {
  if (!(await has(disk, dir))) return
  for (const name of await disk.list(dir)) await disk.remove(`${dir}/${name}`)
  await disk.remove(dir)
  await disk.syncDir(parentOf(dir))
}

const has = async (disk: Disk, path: string): Promise<boolean> =>
  (await disk.list(parentOf(path))).includes(path.slice(path.lastIndexOf('/') + 1))

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
