import { type Identity, Refused, Unreachable } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { watchedFetch } from './reach.ts'

/** Reads a path of the node, signed by who is signed in. Throws {@link Refused} or {@link Unreachable}, as the client does. */
export async function readList<T>(path: string, viewer: Identity | undefined, signal: AbortSignal): Promise<T> {
  const headers: Record<string, string> = viewer === undefined ? {} : { authorization: authorization(viewer, path) }
  const response = await watchedFetch(path, { headers, signal }).catch((cause: unknown) => {
    throw new Unreachable(path, cause)
  })
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new Unreachable(`${path} answered ${response.status} with something else than this API`, cause)
  })
  if (response.ok) return body as T
  throw new Refused(response.status, (body as { readonly error: Refused['refusal'] }).error)
}

/** What the node's API-3 asks for: the method, the path as sent, the time, and a signature over them. */
function authorization({ org, key, signer }: Identity, path: string): string {
  const timeMs = Date.now()
  const message = new TextEncoder().encode(`dujiang/query/1\nGET\n${path}\n${timeMs}`)
  return `Dujiang org="${org}",key="${key}",time="${timeMs}",signature="${toHex(signer.sign(message))}"`
}
