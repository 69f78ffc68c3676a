import { diskError } from './disk.ts'
import type { SeededRandom } from './random.ts'
import { SimContent } from './sim-content.ts'

export type SimNode = SimContent | SimFolder

/** A simulated folder: its names as programs see them, and as they would be found after a power failure. */
export class SimFolder {
  readonly seen = new Map<string, SimNode>()
  readonly onDisk = new Map<string, SimNode>()
}

interface NameChange {
  readonly folder: SimFolder
  readonly name: string
  readonly node: SimNode | undefined
}

/** The tree of names. A rename is one change of two names: it happens or it does not. */
export class SimNames {
  readonly #root = new SimFolder()
  #unsynced: (readonly NameChange[])[] = []

  find(path: string): SimNode | undefined {
    let node: SimNode | undefined = this.#root
    for (const part of partsOf(path)) node = node instanceof SimFolder ? node.seen.get(part) : undefined
    return node
  }

  folder(path: string): SimFolder {
    const node = this.find(path)
    if (node === undefined) throw diskError('ENOENT', path)
    if (!(node instanceof SimFolder)) throw diskError('ENOTDIR', path)
    return node
  }

  /** Makes the folder and its missing parents, durably. */
  makeFolder(path: string): void {
    let folder = this.#root
    for (const part of partsOf(path)) {
      const next: SimNode = folder.seen.get(part) ?? new SimFolder()
      if (!(next instanceof SimFolder)) throw diskError('EEXIST', path)
      this.#change({ folder, name: part, node: next })
      this.sync(folder)
      folder = next
    }
  }

  createFile(path: string): SimContent {
    const content = new SimContent()
    this.#change({ ...this.#place(path), node: content })
    return content
  }

  rename(from: string, to: string): void {
    const node = this.find(from)
    if (node === undefined) throw diskError('ENOENT', from)
    const replaced = this.find(to)
    if (replaced instanceof SimFolder && replaced.seen.size > 0) throw diskError('ENOTEMPTY', to)
    this.#change({ ...this.#place(from), node: undefined }, { ...this.#place(to), node })
  }

  remove(path: string): void {
    const node = this.find(path)
    if (node === undefined) throw diskError('ENOENT', path)
    if (node instanceof SimFolder && node.seen.size > 0) throw diskError('ENOTEMPTY', path)
    this.#change({ ...this.#place(path), node: undefined })
  }

  sync(folder: SimFolder): void {
    const touches = (changes: readonly NameChange[]): boolean => changes.some((change) => change.folder === folder)
    for (const changes of this.#unsynced.filter(touches)) applyOnDisk(changes)
    this.#unsynced = this.#unsynced.filter((changes) => !touches(changes))
  }

  /** Power fails: each change of a name since its folder's last sync is kept or lost, in any combination. */
  losePower(random: SeededRandom): void {
    for (const changes of this.#unsynced) if (random.below(2) === 0) applyOnDisk(changes)
    this.#unsynced = []
    revert(this.#root, random)
  }

  /** Bytes in all files, as programs see them. */
  usedBytes(folder: SimFolder = this.#root): number {
    let bytes = 0
    for (const node of folder.seen.values()) bytes += node instanceof SimFolder ? this.usedBytes(node) : node.size
    return bytes
  }

  #place(path: string): { folder: SimFolder; name: string } {
    const parts = partsOf(path)
    const name = parts.pop()
    if (name === undefined) throw diskError('EINVAL', path)
    return { folder: this.folder(parts.join('/')), name }
  }

  #change(...changes: NameChange[]): void {
    for (const { folder, name, node } of changes) put(folder.seen, name, node)
    this.#unsynced.push(changes)
  }
}

function applyOnDisk(changes: readonly NameChange[]): void {
  for (const { folder, name, node } of changes) put(folder.onDisk, name, node)
}

function put(names: Map<string, SimNode>, name: string, node: SimNode | undefined): void {
  if (node === undefined) names.delete(name)
  else names.set(name, node)
}

function revert(folder: SimFolder, random: SeededRandom): void {
  folder.seen.clear()
  for (const [name, node] of folder.onDisk) {
    folder.seen.set(name, node)
    if (node instanceof SimFolder) revert(node, random)
    else node.losePower(random)
  }
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.')
