import { encodeCanonical } from '@dujiang/core/codec'
import type { Accepted, Committed, Wanted } from '@dujiang/client'
import type { Why } from './why.ts'

/** How far an act has come. It only ever goes forward, until it is put away. */
export type ActState =
  | { readonly step: 'idle' }
  /** Another act of the organisation is on its way, perhaps from another tab: this one is signed after it. */
  | { readonly step: 'waiting' }
  | { readonly step: 'signing' }
  /** Signed here, kept here, on its way until it expires (UTC milliseconds). */
  | { readonly step: 'signed'; readonly id: string; readonly expires: number }
  /** A node has promised to bring it into a block. */
  | { readonly step: 'accepted'; readonly id: string; readonly expires: number; readonly intake: Accepted['intake'] }
  /** In a block: it counts. */
  | { readonly step: 'committed'; readonly id: string; readonly committed: Committed }
  /** Its proof can be had. */
  | { readonly step: 'provable'; readonly id: string; readonly committed: Committed }
  | { readonly step: 'refused'; readonly id?: string; readonly why: Why; readonly committed?: Committed }
  /** No node has said in time what became of it (CLIENT-4): that shows once one does. Whoever must may go on without. */
  | { readonly step: 'lost'; readonly id: string }
  /** No node could be asked for what has to be signed: nothing was sent. */
  | { readonly step: 'unsent'; readonly message: string }

/** An act of this browser, on its way or at its end. */
export interface Sending {
  readonly serial: number
  /** Which form it came from. */
  readonly about: string
  readonly org: string
  /** The id of the key that signs. */
  readonly key: string
  readonly act: string
  readonly payload: Wanted['payload']
  readonly state: ActState
}

const UNDER_WAY: ReadonlySet<ActState['step']> = new Set(['waiting', 'signing', 'signed', 'accepted'])

/** On its way: another of the same form waits until it is at its end. */
export const isUnderWay = ({ step }: ActState): boolean => UNDER_WAY.has(step)

/** It may still change by itself. */
export const goesOn = (state: ActState): boolean => isUnderWay(state) || state.step === 'lost'

/** It is in a block, and was accepted. */
export const isDone = (state: ActState): state is Extract<ActState, { step: 'committed' | 'provable' }> =>
  state.step === 'committed' || state.step === 'provable'

/** Is it what is wanted? Fields may stand in another order: of an act that was kept, they come from the signed bytes. */
export function isFor(sending: Pick<Sending, 'act' | 'payload'> | undefined, wanted: Wanted | undefined): boolean {
  if (sending === undefined || wanted === undefined || sending.act !== wanted.act) return false
  return encodeCanonical(sending.payload) === encodeCanonical(wanted.payload)
}
