import { Client, type Committed, type Identity, identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { fromHex } from '@dujiang/core/crypto'
import { nobleCrypto, signerFromSecret } from '@dujiang/crypto/noble'
import type { Role } from '@dujiang/market'
import type { SampleIdentity } from '../../keys/sample.ts'
import { preferences } from '../../preferences/preferences.ts'

/** The hands of the sample people: what a tour does for whoever follows it, it signs as one of them. */
export class Hands {
  readonly #samples: readonly SampleIdentity[]
  readonly #client: Client

  constructor(samples: readonly SampleIdentity[], viewer?: Identity) {
    this.#samples = samples
    const looks = viewer === undefined ? {} : { viewer }
    this.#client = new Client({ nodes: [window.location.origin], sha256: nobleCrypto.sha256, ...looks })
  }

  /** The same hands, with the eyes of an organisation: the public's where it is no sample's. */
  seenBy(org: string): Hands {
    const sample = this.#samples.find((each) => each.org === org)
    return new Hands(this.#samples, sample && identityIn(sample))
  }

  /** Somebody of a role, or of an organisation: the first, the second. */
  of(which: { readonly role: Role } | { readonly org: string }, at = 0): SampleIdentity {
    const found = this.#samples.filter((each) => ('role' in which ? each.role === which.role : each.org === which.org))
    const sample = found[at]
    if (sample === undefined) throw new Error(`the sample province has nobody at ${JSON.stringify(which)} ${at}`)
    return sample
  }

  /** Signs as a sample person, sends, waits for the receipt; throws with the refusal's sentence. */
  async act(by: SampleIdentity, act: string, payload: object): Promise<Committed> {
    const committed = await this.#client.act(identityIn(by), { act, payload: payload as Json })
    if (committed.receipt.code === 0) return committed
    const said = committed.sentence
    throw new Error((preferences().language === 'en' ? said?.en : said?.zh) ?? `refused: ${committed.receipt.code}`)
  }

  row<T>(key: string): Promise<T | undefined> {
    return this.#client.row(key) as Promise<T | undefined>
  }

  async rows<T>(table: string, prefix = ''): Promise<readonly { readonly key: string; readonly value: T }[]> {
    const found: { key: string; value: T }[] = []
    for await (const { key, value } of this.#client.rows(table, prefix === '' ? {} : { prefix }))
      found.push({ key, value: value as unknown as T })
    return found
  }
}

function identityIn({ org, key }: SampleIdentity): Identity {
  return identityOf(nobleCrypto.sha256, org, signerFromSecret(key.scheme, fromHex(key.secret ?? '')))
}
