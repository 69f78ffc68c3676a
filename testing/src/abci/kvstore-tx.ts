/** The transactions of CometBFT's kvstore (v0.40.0, abci/example/kvstore): `key=value`, or `val=kind!key!power`. */
import { PublicKey, ValidatorUpdate } from '@dujiang/node/abci'

const COLON = 0x3a
const EQUALS = 0x3d
const VALIDATOR_PREFIX = 'val='

/** One character a byte: keys need not be text. */
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export const isValidatorTx = (tx: Uint8Array): boolean => latin1(tx.subarray(0, 4)) === VALIDATOR_PREFIX

/** Whether the transaction may be in a block. */
export function isValid(tx: Uint8Array): boolean {
  return isValidatorTx(tx) ? parseValidatorTx(tx) !== undefined : isPair(tx)
}

/** One `:` or one `=`, neither first nor last. */
function isPair(tx: Uint8Array): boolean {
  const separators = tx.filter((byte) => byte === COLON || byte === EQUALS)
  if (separators.length !== 1) return false
  const at = tx.indexOf(separators[0] as number)
  return at > 0 && at < tx.length - 1
}

/** With `=` for the first `:`. */
export function normalized(tx: Uint8Array): Uint8Array {
  const at = tx.indexOf(COLON)
  return at < 0 ? tx : tx.with(at, EQUALS)
}

/** Key and value; undefined when the transaction is not two parts with `=` between them. */
export function pairOf(tx: Uint8Array): readonly [key: Uint8Array, value: Uint8Array] | undefined {
  const at = tx.indexOf(EQUALS)
  if (at < 0 || tx.indexOf(EQUALS, at + 1) >= 0) return undefined
  return [tx.subarray(0, at), tx.subarray(at + 1)]
}

interface ValidatorTx {
  readonly kind: string
  readonly key: Uint8Array
  readonly power: bigint
}

function parseValidatorTx(tx: Uint8Array): ValidatorTx | undefined {
  const [kind, key, power, ...more] = latin1(tx.subarray(VALIDATOR_PREFIX.length)).split('!')
  if (kind === undefined || key === undefined || power === undefined || more.length > 0) return undefined
  const base64 = key.replaceAll(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return undefined
  if (!/^[+-]?[0-9]+$/.test(power)) return undefined
  const value = BigInt(power.replace('+', ''))
  if (value < 0n || value >= 2n ** 63n) return undefined
  return { kind, key: new Uint8Array(Buffer.from(base64, 'base64')), power: value }
}

/** What a validator transaction asks for. A defect when it is in a block and cannot be read, as there. */
export function validatorUpdateOf(tx: Uint8Array): ValidatorUpdate {
  const parsed = parseValidatorTx(tx)
  if (parsed === undefined) throw new Error('a validator transaction that is none is in a block')
  if (parsed.kind !== '' && parsed.kind !== 'ed25519') throw new Error(`key type ${parsed.kind} not supported`)
  return ValidatorUpdate.create({ pubKey: ed25519(parsed.key), power: parsed.power })
}

export function ed25519(value: Uint8Array): PublicKey {
  return PublicKey.create({ sum: { $case: 'ed25519', value } })
}
