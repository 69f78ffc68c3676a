import type { Asked } from './address.ts'

export type Fetched =
  | { readonly bytes: Uint8Array }
  | { readonly trouble: 'unknown' | 'notYet' }
  | { readonly failed: string }

/** What the page asks of the node it was served by; the offline copy has none. */
export class NodeDoor {
  genesis(): Promise<Fetched> {
    return fetched('/v1/genesis')
  }

  evidence(asked: Asked): Promise<Fetched> {
    return fetched(asked.kind === 'receipt' ? `/v1/receipts/${asked.id}/proof` : `/v1/state-proofs/${asked.key}`)
  }

  async isDemo(): Promise<boolean> {
    const status = await json<{ readonly demo?: boolean }>('/v1/status')
    return status?.demo === true
  }

  /** The id of the newest receipt that everybody may see and that has a proof; undefined where there is none among the last hundred. */
  async newestReceipt(): Promise<string | undefined> {
    const status = await json<{ readonly provable: number; readonly firstReceipt: number }>('/v1/status')
    if (status === undefined) return undefined
    const after = Math.max(status.firstReceipt - 1, status.provable - 101)
    const page = await json<{
      readonly receipts: readonly { readonly id?: string; readonly receipt?: { readonly index: number } }[]
    }>(`/v1/receipts?after=${after}&limit=100`)
    return page?.receipts.findLast(({ receipt }) => receipt !== undefined && receipt.index < status.provable)?.id
  }
}

async function fetched(path: string): Promise<Fetched> {
  try {
    const response = await fetch(path)
    if (response.ok) return { bytes: new Uint8Array(await response.arrayBuffer()) }
    if (response.status === 404) return { trouble: 'unknown' }
    if (response.status === 409) return { trouble: 'notYet' }
    return { failed: String(response.status) }
  } catch (cause) {
    return { failed: (cause as Error).message }
  }
}

async function json<T>(path: string): Promise<T | undefined> {
  const answer = await fetched(path)
  if (!('bytes' in answer)) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(answer.bytes)) as T
  } catch {
    // A proxy before a node that is down answers with a page of its own.
    return undefined
  }
}
