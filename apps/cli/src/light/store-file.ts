import { readFile, rename, writeFile } from 'node:fs/promises'
import { type LightBlock, lightBlockFromJson, lightBlockToJson } from '@dujiang/chain'
import { type LightStore, MemoryLightStore } from '@dujiang/client'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'

/** Headers that this machine has verified, in a file of its own: what stands in it is believed. */
export class StoreFile implements LightStore {
  readonly #path: string
  readonly #chain: string
  readonly #inner = new MemoryLightStore()
  readonly #blocks = new Map<number, LightBlock>()

  /** One that forgets what the file held before. */
  constructor(path: string, chain: string) {
    this.#path = path
    this.#chain = chain
  }

  /** Reads it; there may be none yet. */
  static async open(path: string, chain: string): Promise<StoreFile> {
    const store = new StoreFile(path, chain)
    const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined
      return unreadable(path)(cause)
    })
    for (const block of text === undefined ? [] : blocksIn(path, text, chain)) await store.add(block)
    return store
  }

  atOrBelow(height: number): Promise<LightBlock | undefined> {
    return this.#inner.atOrBelow(height)
  }

  newest(): Promise<LightBlock | undefined> {
    return this.#inner.newest()
  }

  add(block: LightBlock): Promise<void> {
    this.#blocks.set(block.header.height, block)
    return this.#inner.add(block)
  }

  /** Writes what is verified now, so that the file is whole, old or new. */
  async save(): Promise<void> {
    const blocks = [...this.#blocks.values()].sort((a, b) => a.header.height - b.header.height).slice(-KEPT)
    const text = JSON.stringify({ kind: KIND, chain: this.#chain, blocks: blocks.map(lightBlockToJson) })
    await writeFile(`${this.#path}.partial`, `${text}\n`)
    await rename(`${this.#path}.partial`, this.#path)
  }
}

const KIND = 'dujiang-light-store'
/** Enough for a way over many changes of the validators. */
const KEPT = 100

function blocksIn(path: string, text: string, chain: string): readonly LightBlock[] {
  const damaged = (reason: string): Failure =>
    new Failure(
      `${path} 不是本链已核验区块头的文件（${reason}）：换一个文件，或删除后重新开始`,
      `${path} is no file of verified headers of this chain (${reason}): name another, or remove it and begin anew`,
    )
  let json: { readonly kind?: unknown; readonly chain?: unknown; readonly blocks?: unknown }
  try {
    json = JSON.parse(text) as typeof json
  } catch (cause) {
    throw damaged((cause as Error).message)
  }
  if (json.kind !== KIND || !Array.isArray(json.blocks)) throw damaged('kind')
  if (json.chain !== chain) throw damaged('chain')
  return json.blocks.map((each: unknown) => {
    const block = lightBlockFromJson(each as Parameters<typeof lightBlockFromJson>[0])
    if (!block.ok) throw damaged(`${block.fault.path} ${block.fault.reason}`)
    return block.value
  })
}
