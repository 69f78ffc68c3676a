import type { Disk } from '../seams/index.ts'
import { MemoryFile } from './memory-file.ts'
import { RebuiltFile } from './rebuilt-file.ts'

/** Where receipts are when they are not in memory: what can be made again from the journal. Rules RCP-1 and RCP-2. */
export class ReceiptFiles {
  /** What each block recorded, one after the other. */
  readonly records: RebuiltFile
  /** The leaf hashes of the log of receipts, side by side, from the first on. */
  readonly leaves: RebuiltFile

  private constructor(records: RebuiltFile, leaves: RebuiltFile) {
    this.records = records
    this.leaves = leaves
  }

  /** Those in the folder `dir`, which is made when it is missing. Whoever opens them has the journal beside it open, so nobody else has. */
  static async open(disk: Disk, dir: string): Promise<ReceiptFiles> {
    await disk.makeDir(dir)
    const open = async (path: string) => RebuiltFile.open(path, await disk.open(path))
    const records = await open(`${dir}/records`)
    try {
      return new ReceiptFiles(records, await open(`${dir}/leaves`))
    } catch (cause) {
      await records.close()
      throw cause
    }
  }

  /** For ledgers that are not kept on a disk. */
  static async inMemory(): Promise<ReceiptFiles> {
    const open = (name: string) => RebuiltFile.open(name, new MemoryFile())
    return new ReceiptFiles(await open('records in memory'), await open('leaves in memory'))
  }

  /** Resolves when little waits for the disk. Rejects when the disk takes no more. */
  async keepUp(): Promise<void> {
    await this.records.keepUp()
    await this.leaves.keepUp()
  }

  async close(): Promise<void> {
    await this.records.close()
    await this.leaves.close()
  }
}
