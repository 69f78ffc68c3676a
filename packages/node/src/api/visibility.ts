import type { Receipt, View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { Stored } from '../service/ledger-node.ts'
import type { BlockAct, BlockActs } from './block-acts.ts'
import type { Doors } from './doors.ts'
import type { Viewer } from './viewer.ts'

const VERDICTS_MAX = 10_000

/**
 * Who may see what, judged by the state at the time of reading: an order is its owner's alone until the gate has
 * passed, and everybody's from the same height on. Rules API-7 to API-10.
 */
export class Visibility {
  readonly #doors: Doors
  readonly #view: () => View
  readonly #acts: BlockActs
  readonly #restricted: ReadonlySet<string>
  /** What the public may see of, at one height: many ask for the same. */
  #ofPublic = { height: -1, verdicts: new Map<number, Promise<boolean>>() }

  constructor(doors: Doors, view: () => View, acts: BlockActs) {
    this.#doors = doors
    this.#view = view
    this.#acts = acts
    this.#restricted = new Set(doors.acts.filter((act) => act.restricted).map((act) => act.name))
  }

  /** May this viewer see the receipt, its events and its act? */
  async ofReceipt(viewer: Viewer, { receipt, position }: Stored): Promise<boolean> {
    if (!this.#asksAct(receipt)) return true
    if (position === undefined) return false
    const judge = async (): Promise<boolean> => {
      const act = await this.#acts.at(receipt.height, position)
      // Its place in the block is in no hash: an act that is another than the receipt's says nothing of its readers.
      return act?.signed.id === receipt.id && this.ofAct(viewer, act)
    }
    return viewer.org === undefined ? this.#publicly(receipt.index, judge) : judge()
  }

  #publicly(index: number, judge: () => Promise<boolean>): Promise<boolean> {
    const { height } = this.#view()
    if (height !== this.#ofPublic.height || this.#ofPublic.verdicts.size >= VERDICTS_MAX) {
      this.#ofPublic = { height, verdicts: new Map() }
    }
    const { verdicts } = this.#ofPublic
    const verdict = verdicts.get(index) ?? judge()
    verdicts.set(index, verdict)
    verdict.catch(() => verdicts.delete(index))
    return verdict
  }

  /** Does who may see this receipt depend on what stands in its block? */
  asksBlock({ receipt, position }: Stored): boolean {
    return position !== undefined && this.#asksAct(receipt)
  }

  /** The same of a receipt and its act as they stand elsewhere than in the ledger. */
  ofCopy(viewer: Viewer, receipt: Receipt, act: BlockAct | undefined): boolean {
    return !this.#asksAct(receipt) || (act?.signed.id === receipt.id && this.ofAct(viewer, act))
  }

  /** The same of an act that the chain has understood. */
  ofAct(viewer: Viewer, { name, version, signed }: BlockAct): boolean {
    if (!this.#restricted.has(name)) return true
    const view = this.#view()
    const person = this.#doors.keyOf(view, signed.org, signed.key)?.person ?? ''
    return includes(this.#doors.actReaders(view, name, version, { ...signed, person }), viewer)
  }

  #asksAct(receipt: Receipt): boolean {
    return receipt.kind !== 'due' && this.#restricted.has(receipt.act)
  }

  /** May this viewer know that a row with this key exists? */
  ofRow(viewer: Viewer, view: View, key: string): boolean {
    return includes(key.startsWith('chain/') ? chainRowReaders(key) : this.#doors.rowReaders(view, key), viewer)
  }
}

function includes(readers: readonly string[] | undefined, { org }: Viewer): boolean {
  return readers === undefined || (org !== undefined && readers.includes(org))
}

/**
 * The chain's own rows tell who has acted (quotas), in which session (sequences), and let a guessed act be recognised
 * (remembered ids); what falls due when is for everybody.
 */
function chainRowReaders(key: string): readonly string[] | undefined {
  return key.startsWith('chain/due/') ? undefined : []
}

/** A receipt of which others may know only that it exists, and when: the kind of act would tell first orders from changes. */
export function withheldReceipt({ receipt: { index, height, time } }: Stored): { readonly [field: string]: Json } {
  return { index, height, time, withheld: true }
}
