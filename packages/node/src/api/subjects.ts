import type { Event } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'
import type { BlockActs } from './block-acts.ts'

/**
 * Which sessions a receipt is about: those its events name, and the one its act names, since an act that was declined has no
 * events. Found once, for as long as the ledger keeps the receipt in memory.
 */
export class Subjects {
  readonly #acts: BlockActs
  readonly #sessions = new WeakMap<Stored, Promise<ReadonlySet<string>>>()

  constructor(acts: BlockActs) {
    this.#acts = acts
  }

  sessionsOf(stored: Stored): Promise<ReadonlySet<string>> {
    const known = this.#sessions.get(stored)
    if (known !== undefined) return known
    const found = this.#find(stored)
    found.catch(() => this.#sessions.delete(stored))
    this.#sessions.set(stored, found)
    return found
  }

  async #find({ receipt, eventsText, position }: Stored): Promise<ReadonlySet<string>> {
    const sessions = new Set<string>()
    for (const { data } of JSON.parse(eventsText) as readonly Event[]) add(sessions, data)
    if (sessions.size > 0 || position === undefined) return sessions
    const act = await this.#acts.at(receipt.height, position)
    // Its place in the block is in no hash.
    if (act?.signed.id === receipt.id) add(sessions, act.signed.payload)
    return sessions
  }
}

function add(sessions: Set<string>, data: unknown): void {
  const { session } = data as { readonly session?: unknown }
  if (typeof session === 'string') sessions.add(session)
}
