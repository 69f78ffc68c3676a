import { type Hash, hashText, toHex } from '@dujiang/core/crypto'
import type { ActDefinition, Route } from '../application.ts'
import { concat, utf8 } from '../bytes.ts'
import type { Envelope } from '../envelope.ts'

export interface Admitted {
  readonly envelope: Envelope
  readonly act: ActDefinition
  readonly route: Route
  readonly person: string
}

/**
 * The order in which a block's acts are executed, computed and not read: registry acts before session acts; then by a
 * salted hash of stream and actor, so that a proposer cannot place one actor before another; then by sequence, so that
 * submit, replace and cancel of one actor keep theirs; then by id. Two signatures of one body have one id: the first in
 * the block comes first. Rule ORDER-1.
 */
export function executionOrder<A extends Admitted>(
  sha256: Hash,
  previousAppHash: Uint8Array,
  admitted: readonly A[],
): A[] {
  const salts = new Map<string, string>()
  const salted = concat(ORDER_TAG, previousAppHash)
  const saltOf = ({ stream, actor }: Route): string => {
    const name = `${stream}\n${actor}`
    let salt = salts.get(name)
    if (salt === undefined) {
      salt = toHex(hashText(sha256, name, salted))
      salts.set(name, salt)
    }
    return salt
  }
  return admitted
    .map((item) => ({ item, stage: item.act.stage === 'registry' ? 0 : 1, salt: saltOf(item.route) }))
    .sort(
      (a, b) =>
        a.stage - b.stage ||
        compare(a.salt, b.salt) ||
        a.item.envelope.body.sequence - b.item.envelope.body.sequence ||
        compare(a.item.envelope.id, b.item.envelope.id),
    )
    .map(({ item }) => item)
}

const ORDER_TAG = utf8('dujiang/order/1\n')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
