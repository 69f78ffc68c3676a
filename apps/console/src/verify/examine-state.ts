import { type Founded, type StateProof, appHashFrom, readStateProof, verifyState } from '@dujiang/chain'
import { type CryptoProvider, toHex } from '@dujiang/core/crypto'
import { excerptOf } from './excerpt.ts'
import { comparedOfHeader } from './header-steps.ts'
import { type Compared, type Kept, type Report, type StepName, stepsUntil } from './report.ts'
import { unvouched } from './witnesses.ts'

const STEPS: readonly StepName[] = ['form', 'chain', 'inclusion', 'appHash', 'validators', 'commit']

/** Examines the proof file of a row of the state, or of there being none. */
export function examineState(
  crypto: CryptoProvider,
  founded: Founded,
  file: Uint8Array,
  kept: readonly Kept[],
): Report {
  const verified = verifyState(crypto, founded, file)
  const proof = readStateProof(file)
  const doubted = verified.ok && typeof proof !== 'string' ? unvouched(crypto, kept, proof.header) : undefined
  const broken = verified.ok ? doubted : verified
  const compared = (name: StepName): readonly Compared[] =>
    typeof proof === 'string' || name === 'form'
      ? [{ word: 'bytes', stated: String(file.length) }]
      : comparedOf(crypto, founded, proof, name)
  const names = kept.length === 0 ? STEPS : [...STEPS, 'witnesses' as const]
  const steps = stepsUntil(names, broken, compared).map((step) => excerptOf(step, file))
  if (!verified.ok || doubted !== undefined) return { about: 'state', steps, holds: false, trusts: [], witnesses: [] }
  const { key, value, height, trusts } = verified
  const shown = { kind: 'state', key, height, ...(value === undefined ? {} : { value }) } as const
  return { about: 'state', steps, holds: true, shown, trusts, witnesses: kept }
}

function comparedOf(crypto: CryptoProvider, founded: Founded, proof: StateProof, name: StepName): readonly Compared[] {
  const { path, state, receipts, header, key } = proof
  switch (name) {
    case 'inclusion':
      return [
        { word: 'row', stated: key },
        { word: 'path', stated: String(path.siblings.length) },
        { word: 'stateRoot', stated: toHex(state.root) },
      ]
    case 'appHash': {
      const computed = toHex(appHashFrom(crypto.sha256, state.root, receipts.root, receipts.size))
      return [{ word: 'appHash', stated: toHex(header.appHash), computed }]
    }
    default:
      return comparedOfHeader(crypto, founded, proof, name)
  }
}
