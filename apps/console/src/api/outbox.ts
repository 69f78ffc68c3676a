import { type Body, isInadmissible, readEnvelope } from '@dujiang/chain'
import { type Client, type Identity, Refused, type Wanted } from '@dujiang/client'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { whileAlone } from '../kept/alone.ts'
import { type UnderWay, actsUnderWay, dropAct, isKept, keepAct } from '../kept/sent-acts.ts'
import { nextSequence } from '../kept/sequence.ts'
import { carrierNow, ownNode } from './carrier.ts'
import { type Nodes, carryToProof, carryToReceipt } from './carry.ts'
import { type ActState, type Sending, goesOn } from './sending.ts'
import { whyRefused } from './why.ts'

/** What this page sends, and which forms show it themselves. */
export interface Sendings {
  readonly all: readonly Sending[]
  readonly forms: ReadonlySet<string>
}

const nodes: Nodes = { all: carrierNow, own: ownNode }
let now: Sendings = { all: [], forms: new Set() }
let lastSerial = 0
const listeners = new Set<() => void>()

function become(next: Partial<Sendings>): void {
  now = { ...now, ...next }
  for (const tell of listeners) tell()
}

export const sendingsNow = (): Sendings => now

export function onSendings(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** By whom, and from which form. */
export const formOf = ({ key, about }: Pick<Sending, 'key' | 'about'>): string => `${key} ${about}`

export const lastOf = (form: string): Sending | undefined => now.all.findLast((each) => formOf(each) === form)

/** A form shows its acts itself, until it is left: what is at its end by then has been seen. */
export function showing(form: string): () => void {
  become({ forms: new Set([...now.forms, form]) })
  return () => {
    const forms = new Set([...now.forms].filter((each) => each !== form))
    become({ forms, all: now.all.filter((each) => formOf(each) !== form || goesOn(each.state)) })
  }
}

export function putAway({ serial }: Sending): void {
  become({ all: now.all.filter((each) => each.serial !== serial) })
}

/** Signs in this browser, keeps, sends, follows to the proof. Resolves once it is committed or refused. */
export async function sendAct(client: Client, identity: Identity, about: string, wanted: Wanted): Promise<ActState> {
  const { org, key } = identity
  const { act, payload } = wanted
  const on = begin({ about, org, key, act, payload, state: { step: 'signing' } }).on
  const work = async (): Promise<ActState> => {
    on({ step: 'signing' })
    let body: Body
    try {
      body = await client.build(identity, { ...wanted, sequence: nextSequence() })
    } catch (error) {
      if (error instanceof Refused) return on({ step: 'refused', why: whyRefused(error) })
      return on({ step: 'unsent', message: (error as Error).message })
    }
    return carry(signedAct(client.sign(identity, body), about), on)
  }
  // One act of an organisation at a time: a later one could come first, and stand in the way of an earlier (SEQ-1).
  return whileAlone(orgLock(org), work, () => on({ step: 'waiting' }))
}

/** Kept before it leaves, and until it is provable. Resolves with its receipt, or when nobody can say what became of it; other tabs keep their hands off meanwhile. */
function carry(signed: SignedAct, on: On): Promise<ActState> {
  return new Promise((resolve, reject) => {
    whileAlone(actLock(signed.id), async () => {
      await keepAct(signed)
      const end = await carryToReceipt(nodes, signed, false, on, resolve)
      resolve(end)
      if (end.step === 'committed') await carryToProof(carrierNow, signed.bytes, on)
      await dropAct(signed.id)
    }).catch(reject)
  })
}

/**
 * Goes on with what was under way when an earlier page of this browser was closed or loaded again: the same bytes are sent until
 * their receipt is there. Nobody has to sign in for it.
 */
export async function resumeActs(): Promise<void> {
  const kept = await actsUnderWay()
  await Promise.all(kept.map(resume))
}

/** Where another tab is at it, it is that tab's, unless it is closed before the end. */
function resume({ id, about, bytes }: UnderWay): Promise<void> {
  return whileAlone(actLock(id), async () => {
    if (!(await isKept(id))) return
    const signed = signedAct(bytes, about)
    const { org, key, act, payload, expires } = signed
    const { sending, on } = begin({ about, org, key, act, payload, state: { step: 'signed', id, expires } })
    const end = await new Promise<ActState>((resolve, reject) => {
      const carried = (letGo: () => void): void => {
        carryToReceipt(nodes, signed, true, on, letGo).then(resolve, reject).finally(letGo)
      }
      whileAlone(orgLock(org), () => new Promise<void>(carried)).catch(reject)
    })
    // It was signed for a ledger that this node does not keep any more.
    if (end.step === 'refused' && end.why.name === 'wrongChain') putAway(sending)
    if (end.step === 'committed') await carryToProof(carrierNow, bytes, on)
    await dropAct(id)
  })
}

type On = (state: ActState) => ActState

function begin(sending: Omit<Sending, 'serial'>): { readonly sending: Sending; readonly on: On } {
  const begun = { ...sending, serial: ++lastSerial }
  become({ all: [...now.all, begun] })
  const on = (state: ActState): ActState => {
    become({ all: now.all.map((each) => (each.serial === begun.serial ? { ...each, state } : each)) })
    return state
  }
  return { sending: begun, on }
}

type SignedAct = UnderWay & Body

function signedAct(bytes: Uint8Array, about: string): SignedAct {
  const envelope = readEnvelope(nobleCrypto.sha256, bytes)
  if (isInadmissible(envelope)) throw new Error('these bytes are no act: they were signed as one in this browser')
  return { ...envelope.body, id: envelope.id, about, bytes }
}

const orgLock = (org: string): string => `dujiang/acts-of/${org}`
const actLock = (id: string): string => `dujiang/act/${id}`
