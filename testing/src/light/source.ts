import type { LightBlock } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import type { LightProvider } from '@dujiang/client'
import { trivialGenesis } from '../trivial/index.ts'
import type { Headers } from './headers.ts'
import type { Party } from './parties.ts'

/** A source of headers that says what a chain says, as far as it has come and has kept it. */
export class HeadersSource implements LightProvider {
  readonly name: string
  readonly asked: (number | undefined)[] = []
  headers: Headers
  /** How far it has come. */
  height: number
  keeps: (height: number) => boolean = () => true
  /** What it says instead, for a height. */
  lie: (block: LightBlock) => LightBlock = (block) => block
  isDead = false

  constructor(name: string, headers: Headers, height = headers.heights) {
    this.name = name
    this.headers = headers
    this.height = height
  }

  async lightBlock(height?: number): Promise<LightBlock | undefined> {
    this.asked.push(height)
    if (this.isDead) throw new Error(`${this.name} gives no answer`)
    for (let at = Math.min(height ?? this.height, this.height); at > 0; at--) {
      if (this.keeps(at)) return this.lie(this.headers.at(at))
    }
    return undefined
  }
}

/** A genesis file whose validators are these parties. */
export function genesisOf(parties: readonly Party[], name = 'light'): Uint8Array {
  const validators = parties.map(({ signer, power }, place) => {
    return { controller: `C${place}`, key: toHex(signer.publicKey), name: `v${place}`, org: `ORG${place}`, power }
  })
  return trivialGenesis([], { name, validators })
}
