import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { AddressRefused, type Lookup, dnsLookup, judgedLookup, literalFault } from './addresses.ts'

export interface Posting {
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body: Uint8Array
  readonly allowPrivate: boolean
  /** Gives it up. */
  readonly signal: AbortSignal
}

/** Sends one body and resolves with the status of the answer, whose own body is not read; rejects when there is none. */
export type Post = (posting: Posting) => Promise<number>

/** Over a connection of its own, to an address that was judged; nothing is followed. */
export function postWith(lookup: Lookup = dnsLookup): Post {
  return ({ url, headers, body, allowPrivate, signal }) => {
    // A literal address is not looked up.
    const fault = literalFault(url, allowPrivate)
    if (fault !== undefined) return Promise.reject(new AddressRefused(fault))
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest
      const asked = send(url, {
        method: 'POST',
        agent: false,
        lookup: judgedLookup(lookup, url.protocol, allowPrivate),
        headers: { ...headers, 'content-length': body.length },
        signal,
      })
      asked.on('response', (response) => {
        resolve(response.statusCode ?? 0)
        response.destroy()
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}
