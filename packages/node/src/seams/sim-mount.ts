import { diskError, type Disk, type DiskFile, type DiskLock } from './disk.ts'
import type { SimContent } from './sim-content.ts'
import type { SimDisk } from './sim-disk.ts'
import { SimFolder } from './sim-names.ts'

/** A simulated disk as one life of a process sees it. */
export class SimMount implements Disk {
  readonly #disk: SimDisk
  readonly #life: number

  constructor(disk: SimDisk, life: number) {
    this.#disk = disk
    this.#life = life
  }

  async makeDir(dir: string): Promise<void> {
    await this.#operation(dir)
    this.#disk.names.makeFolder(dir)
  }

  async open(path: string): Promise<DiskFile> {
    await this.#operation(path)
    const node = this.#disk.names.find(path) ?? this.#disk.names.createFile(path)
    if (node instanceof SimFolder) throw diskError('EISDIR', path)
    return new SimFile(this.#disk, this.#life, path, node)
  }

  async list(dir: string): Promise<string[]> {
    await this.#operation(dir)
    return this.#disk.names.find(dir) === undefined ? [] : [...this.#disk.names.folder(dir).seen.keys()].sort()
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#operation(from)
    this.#disk.names.rename(from, to)
  }

  async remove(path: string): Promise<void> {
    await this.#operation(path)
    this.#disk.names.remove(path)
  }

  async syncDir(dir: string): Promise<void> {
    await this.#operation(dir)
    const folder = this.#disk.names.folder(dir)
    if (!this.#disk.conditions.liesAboutSync) this.#disk.names.sync(folder)
  }

  async freeBytes(dir: string): Promise<number> {
    await this.#operation(dir)
    return this.#disk.freeBytes()
  }

  async lock(path: string): Promise<DiskLock> {
    await this.#operation(path)
    if (this.#disk.locked.has(path)) throw diskError('ELOCKED', path)
    this.#disk.locked.add(path)
    return {
      release: async () => {
        if (this.#disk.isAlive(this.#life)) this.#disk.locked.delete(path)
      },
    }
  }

  #operation(path: string): Promise<void> {
    return this.#disk.operation(path, this.#life)
  }
}

class SimFile implements DiskFile {
  readonly #disk: SimDisk
  readonly #life: number
  readonly #path: string
  readonly #content: SimContent

  constructor(disk: SimDisk, life: number, path: string, content: SimContent) {
    this.#disk = disk
    this.#life = life
    this.#path = path
    this.#content = content
  }

  async size(): Promise<number> {
    await this.#operation()
    return this.#content.size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    await this.#operation()
    return this.#content.read(offset, length)
  }

  write(offset: number, bytes: Uint8Array): Promise<void> {
    return this.#disk.write(this.#path, { content: this.#content, offset, bytes }, this.#life)
  }

  async truncate(size: number): Promise<void> {
    await this.#operation()
    this.#content.truncate(size)
  }

  async datasync(): Promise<void> {
    try {
      await this.#operation()
    } catch (cause) {
      if (this.#disk.isAlive(this.#life)) this.#content.failSync(this.#disk.random)
      throw cause
    }
    if (!this.#disk.conditions.liesAboutSync) this.#content.sync()
  }

  async close(): Promise<void> {}

  #operation(): Promise<void> {
    return this.#disk.operation(this.#path, this.#life)
  }
}
