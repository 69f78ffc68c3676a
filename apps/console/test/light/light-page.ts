import { headerHash } from '@dujiang/chain'
import { Diverged, LightClient, NodeProvider, type Timing, realTiming } from '@dujiang/client'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nobleCrypto } from '@dujiang/crypto/noble'

/** What the test asks the page: which is the newest header, given these nodes? */
export interface Question {
  /** The genesis file, hexadecimal. */
  readonly genesis: string
  readonly nodes: readonly string[]
  readonly nowMs: number
}

export type Answer =
  | { readonly height: number; readonly hash: string; readonly confirmedBy: readonly string[] }
  | { readonly error: string; readonly message: string; readonly byzantine: number }

async function newest({ genesis, nodes, nowMs }: Question): Promise<Answer> {
  const [primary, ...witnesses] = nodes.map((node) => new NodeProvider(node))
  const timing: Timing = { ...realTiming, nowMs: () => nowMs }
  const light = new LightClient({
    genesis: fromHex(genesis),
    crypto: nobleCrypto,
    primary: primary as NodeProvider,
    witnesses,
    trustingPeriodMs: 86_400_000,
    timing,
  })
  try {
    const { header } = await light.newest()
    const hash = toHex(headerHash(nobleCrypto.sha256, header))
    return { height: header.height, hash, confirmedBy: light.confirmedBy }
  } catch (error) {
    const { name, message } = error as Error
    return { error: name, message, byzantine: error instanceof Diverged ? error.attacks[0].byzantine.length : 0 }
  }
}

export interface LightPage {
  readonly newest: typeof newest
}

Object.assign(globalThis, { newest } satisfies LightPage)
