import { type Accepted, type Committed, Refused, type Wanted } from '@dujiang/client'
import { useCallback, useRef, useState } from 'react'
import { useLedger } from './ledger.tsx'

/** Why an act was not carried out, in the rules' own words. `onRecord`: the refusal has a receipt of its own. */
export interface Why {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** The same act may succeed later, unchanged. */
  readonly retry: boolean
  readonly facts: Refused['refusal']['facts']
  readonly onRecord: boolean
}

/** How far an act has come. It only ever goes forward, until it is reset. */
export type ActState =
  | { readonly step: 'idle' }
  | { readonly step: 'signing' }
  /** Signed here, on its way. */
  | { readonly step: 'signed' }
  /** A node has promised to bring it into a block. */
  | { readonly step: 'accepted'; readonly id: string; readonly intake: Accepted['intake'] }
  /** In a block: it counts. */
  | { readonly step: 'committed'; readonly id: string; readonly committed: Committed }
  /** Its proof can be had. */
  | { readonly step: 'provable'; readonly id: string; readonly committed: Committed; readonly proof: Uint8Array }
  | { readonly step: 'refused'; readonly id?: string; readonly why: Why; readonly committed?: Committed }
  /** No node answered: the same bytes may still be executed. */
  | { readonly step: 'lost'; readonly message: string }

export interface Acting {
  readonly state: ActState
  readonly busy: boolean
  /** Signs in this browser, sends, follows to the proof. Resolves once it is committed, refused or lost. */
  send(wanted: Wanted): Promise<ActState>
  reset(): void
}

/**
 * The one way to write: build, sign in the browser, send, follow.
 * @example const { state, send } = useAct(); await send({ act: 'auction.order.submit', payload })
 */
export function useAct(): Acting {
  const { client, identity } = useLedger()
  const [state, setState] = useState<ActState>({ step: 'idle' })
  const turn = useRef(0)

  const send = useCallback(
    async (wanted: Wanted): Promise<ActState> => {
      const mine = ++turn.current
      const become = (next: ActState): ActState => {
        if (mine === turn.current) setState(next)
        return next
      }
      if (identity === undefined) throw new Error('nobody is signed in: a form is disabled until somebody is')
      become({ step: 'signing' })
      try {
        const bytes = client.sign(identity, await client.build(identity, wanted))
        become({ step: 'signed' })
        const first = await client.submitAccepted(bytes)
        if (first.state === 'accepted') become({ step: 'accepted', id: first.id, intake: first.intake })
        const committed = first.state === 'accepted' ? await client.untilCommitted(bytes) : first
        const { id } = committed
        if (committed.receipt.code !== 0) return become({ step: 'refused', id, committed, why: whyDeclined(committed) })
        void client.waitProvable(id).then(
          (proof) => become({ step: 'provable', id, committed, proof }),
          // It stays committed; the receipt's page offers the proof as soon as there is one.
          () => {},
        )
        return become({ step: 'committed', id, committed })
      } catch (error) {
        return become(failed(error))
      }
    },
    [client, identity],
  )
  const reset = useCallback(() => {
    turn.current++
    setState({ step: 'idle' })
  }, [])
  const busy = state.step === 'signing' || state.step === 'signed' || state.step === 'accepted'
  return { state, busy, send, reset }
}

function failed(error: unknown): ActState {
  if (!(error instanceof Refused)) return { step: 'lost', message: (error as Error).message }
  const { name, zh, en, retry, facts } = error.refusal
  const why = { name, zh, en, retry, facts, onRecord: false }
  return error.id === undefined ? { step: 'refused', why } : { step: 'refused', id: error.id, why }
}

function whyDeclined({ receipt, sentence }: Committed): Why {
  const { refusal } = receipt
  const name = refusal?.name ?? String(receipt.code)
  const said = sentence ?? { zh: name, en: name, retry: false }
  return { name, zh: said.zh, en: said.en, retry: said.retry, facts: refusal?.facts ?? {}, onRecord: true }
}
