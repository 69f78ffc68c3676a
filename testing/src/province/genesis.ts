import { writeGenesis } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Signer, toHex } from '@dujiang/core/crypto'
import { type Member, type Signatory, EXCHANGE, admits, founders } from './members.ts'
import { foundingRulesWith } from './rules.ts'

/** The public side of whoever signs for the province. */
export type SignerOf = (signatory: Signatory) => Pick<Signer, 'scheme' | 'publicKey'>

const TEN_YEARS_MS = 10 * 366 * 86_400_000

/** A member's keys as acts and the genesis file carry them. */
export function keysOf({ org, people }: Member, signerOf: SignerOf, fromMs: number) {
  return people.map((person) => {
    const { scheme, publicKey } = signerOf({ org, person })
    return { scheme, publicKey: toHex(publicKey), person, fromMs, untilMs: fromMs + TEN_YEARS_MS }
  })
}

/** The genesis file of the sample province, its one validator run by the exchange. */
export function genesisOf(timeMs: number, validatorKey: Uint8Array, signerOf: SignerOf): Uint8Array {
  return writeGenesis({
    app: {
      name: 'dujiang-market',
      version: 1,
      state: {
        members: {
          founders: founders.map((member) => ({
            org: member.org,
            name: member.name,
            roles: [member.role],
            keys: keysOf(member, signerOf, timeMs),
          })),
          admits,
        },
        rules: foundingRulesWith(),
      } as unknown as Json,
    },
    domain: 'public',
    name: '四川电力市场账本（示例）',
    time: timeMs,
    v: 1,
    validators: [
      {
        key: toHex(validatorKey),
        name: '四川电力交易中心节点（示例）',
        controller: '四川电力交易中心（示例）',
        org: EXCHANGE,
        power: 1,
      },
    ],
  })
}
