import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { type Problem, problem } from './problem.ts'

/**
 * Tells whether a request may come from a page that is not the node's own. A browser sends such a page's requests as well, to an
 * address of this machine too: some doors of a demo give keys away or register them, and must not do so for just any page that
 * somebody has open. Rule API-36.
 */
export class OwnPages {
  readonly #names: readonly string[]
  readonly #origins: readonly string[]

  /** @param listensAt host the node listens at @param origins whose pages may call it, as whoever runs it has said */
  constructor(listensAt: string, origins: readonly string[]) {
    this.#names = ['localhost', listensAt.toLowerCase()]
    this.#origins = origins
  }

  /** Why it is not answered; undefined when it is the node's own page, or no page. */
  faultOf({ host = '', origin, 'sec-fetch-site': site }: IncomingHttpHeaders): Problem | undefined {
    if (!this.#isOwnName(hostnameOf(host))) return problem('foreignPage', { from: host.slice(0, 200) })
    if (origin !== undefined && this.#origins.includes(origin)) return undefined
    const isForeign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host.toLowerCase())
    return isForeign || site === 'cross-site'
      ? problem('foreignPage', { from: (origin ?? site ?? '').slice(0, 200) })
      : undefined
  }

  /** An address names one machine; any other name may lead here today and elsewhere tomorrow, as whoever owns it likes. */
  #isOwnName(hostname: string): boolean {
    return isIP(hostname) !== 0 || this.#names.includes(hostname)
  }
}

/** Without the port, and an address without its brackets. */
function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '') : ''
}
