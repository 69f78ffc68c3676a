import {
  type Founded,
  type ReceiptProof,
  VERIFY_STEPS,
  appHashFrom,
  eventsDigest,
  idOf,
  readReceiptProof,
  receiptBytes,
  verifyReceipt,
} from '@dujiang/chain'
import { type CryptoProvider, keyId, leafHash, parseHex, toHex } from '@dujiang/core/crypto'
import { excerptOf } from './excerpt.ts'
import { comparedOfHeader } from './header-steps.ts'
import { type Compared, type Kept, type Report, type StepName, stepsUntil } from './report.ts'
import { unvouched } from './witnesses.ts'

/** Examines a receipt's proof file. The chain's verifier decides; what it has compared is laid open beside each step. */
export function examineReceipt(
  crypto: CryptoProvider,
  founded: Founded,
  file: Uint8Array,
  kept: readonly Kept[],
): Report {
  const verified = verifyReceipt(crypto, founded, file)
  const proof = readReceiptProof(file)
  const names: readonly StepName[] = kept.length === 0 ? VERIFY_STEPS : [...VERIFY_STEPS, 'witnesses']
  const doubted = verified.ok && typeof proof !== 'string' ? unvouched(crypto, kept, proof.header) : undefined
  const broken = verified.ok ? doubted : verified
  const compared = (name: StepName): readonly Compared[] =>
    typeof proof === 'string'
      ? [{ word: 'bytes', stated: String(file.length) }]
      : comparedOf(crypto, founded, proof, file, name)
  const absent = new Set<StepName>(typeof proof !== 'string' && proof.act === undefined ? ['act'] : [])
  const steps = stepsUntil(names, broken, compared, absent).map((step) => excerptOf(step, file))
  if (!verified.ok || typeof proof === 'string' || doubted !== undefined) {
    return { about: 'receipt', steps, holds: false, trusts: [], witnesses: [] }
  }
  const { receipt, events, act, trusts } = verified
  const shown = { kind: 'receipt', receipt, events, provedAtHeight: proof.header.height } as const
  return {
    about: 'receipt',
    steps,
    holds: true,
    shown: act === undefined ? shown : { ...shown, act },
    trusts,
    witnesses: kept,
  }
}

function comparedOf(
  crypto: CryptoProvider,
  founded: Founded,
  proof: ReceiptProof,
  file: Uint8Array,
  name: StepName,
): readonly Compared[] {
  const { sha256 } = crypto
  const { receipt, events, act, receipts, path, stateRoot, header } = proof
  switch (name) {
    case 'form':
      return [
        { word: 'bytes', stated: String(file.length) },
        { word: 'digest', stated: toHex(sha256(file)) },
      ]
    case 'act': {
      if (act === undefined) return []
      const { scheme, publicKey } = act.key
      const key = parseHex(publicKey)
      return [
        { word: 'id', stated: receipt.id, computed: idOf(sha256, act.body) },
        { word: 'key', stated: act.body.key, computed: key === undefined ? '' : keyId(sha256, scheme, key) },
        { word: 'signature', stated: `${scheme} ${act.sig}` },
      ]
    }
    case 'events':
      return [{ word: 'events', stated: receipt.events, computed: eventsDigest(sha256, events) }]
    case 'inclusion':
      return [
        { word: 'leaf', stated: toHex(leafHash(sha256, receiptBytes(receipt))) },
        { word: 'place', stated: `${receipt.index} / ${receipts.size}` },
        { word: 'path', stated: String(path.length) },
        { word: 'logRoot', stated: toHex(receipts.root) },
      ]
    case 'appHash': {
      const computed = toHex(appHashFrom(sha256, stateRoot, receipts.root, receipts.size))
      return [
        { word: 'appHash', stated: toHex(header.appHash), computed },
        { word: 'heights', stated: `${receipt.height} < ${header.height}` },
      ]
    }
    default:
      return comparedOfHeader(crypto, founded, proof, name)
  }
}
