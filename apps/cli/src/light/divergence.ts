import { type LightAttack, type LightBlock, lightBlockFromJson, lightBlockToJson } from '@dujiang/chain'
import type { Diverged } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { Failure } from '../failure.ts'

const KIND = 'dujiang-divergence'

/** A chain as one source has proved it, from the last header that it shares with the other. */
interface Side {
  readonly source: string
  readonly chain: readonly LightBlock[]
}

/** Both chains since the last header that they share, and who signed which, as JSON. */
export function divergenceText({ sources, chains, attacks }: Diverged): string {
  const accused = ({ kind, commonHeight, byzantine }: LightAttack) => ({
    kind,
    common_height: commonHeight,
    byzantine: byzantine.map(({ publicKey, power }) => ({ key: toHex(publicKey), power })),
  })
  const sides = sources.map((source, place) => ({
    source,
    chain: (chains[place] as readonly LightBlock[]).map(lightBlockToJson),
    if_false: accused(attacks[place] as LightAttack),
  }))
  return `${JSON.stringify({ kind: KIND, sides }, null, 2)}\n`
}

/** Reads the chains of such a file; whether they prove anything is for others to judge. */
export function readDivergence(path: string, text: string): readonly Side[] {
  const broken = (reason: string): Failure =>
    new Failure(`${path} 不是分叉证据（${reason}）`, `${path} is no evidence of a divergence (${reason})`)
  let json: { readonly kind?: unknown; readonly sides?: unknown } | null
  try {
    json = JSON.parse(text) as typeof json
  } catch (cause) {
    throw broken((cause as Error).message)
  }
  if (json?.kind !== KIND || !Array.isArray(json.sides)) throw broken('kind')
  return json.sides.map((side: Partial<Record<keyof Side, unknown>> | null) => {
    if (!Array.isArray(side?.chain)) throw broken('chain')
    const chain = side.chain.map((each: Json) => {
      const block = lightBlockFromJson(each)
      if (!block.ok) throw broken(`${block.fault.path} ${block.fault.reason}`)
      return block.value
    })
    return { source: String(side.source), chain }
  })
}
