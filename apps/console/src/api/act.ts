import type { Wanted } from '@dujiang/client'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useLedger } from './ledger.tsx'
import { formOf, lastOf, onSendings, putAway, sendAct, showing } from './outbox.ts'
import { type ActState, type Sending, goesOn, isUnderWay } from './sending.ts'

export type { ActState } from './sending.ts'

export interface Acting {
  readonly state: ActState
  readonly busy: boolean
  /** What is on its way, or at its end: perhaps from before this page was loaded. */
  readonly sending: Sending | undefined
  /** Signs in this browser, sends, follows to the proof. Resolves once it is committed or refused. */
  send(wanted: Wanted): Promise<ActState>
  reset(): void
}

const IDLE: ActState = { step: 'idle' }

/**
 * The one way to write: build, sign in the browser, keep, send, follow. What a form has sent goes on when it is left, and when the
 * page is loaded again; the form takes it up where it is.
 * @param about which form it is, such as `order/S1/U1`
 * @example const { state, send } = useAct(`cancel/${session}`); await send({ act: 'auction.order.cancel', payload })
 */
export function useAct(about: string): Acting {
  const { client, identity } = useLedger()
  const form = identity === undefined ? '' : formOf({ key: identity.key, about })
  const sending = useSyncExternalStore(onSendings, () => lastOf(form))
  useEffect(() => showing(form), [form])
  const send = useCallback(
    (wanted: Wanted): Promise<ActState> => {
      if (identity === undefined) throw new Error('nobody is signed in: a form is disabled until somebody is')
      return sendAct(client, identity, about, wanted)
    },
    [client, identity, about],
  )
  const reset = useCallback(() => {
    const last = lastOf(form)
    if (last !== undefined && !goesOn(last.state)) putAway(last)
  }, [form])
  const state = sending?.state ?? IDLE
  return { state, busy: isUnderWay(state), sending, send, reset }
}
