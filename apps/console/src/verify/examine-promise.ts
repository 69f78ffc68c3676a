import { type Founded, verifyReceipt, verifySignedHeader, verifyState } from '@dujiang/chain'
import { type OmissionFile, intakeHolds, judgeOmission, readOmission } from '@dujiang/client'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { excerptOf } from './excerpt.ts'
import { comparedOfHeader } from './header-steps.ts'
import { type Compared, type NodeCard, type Report, type Step, type StepName, stepsUntil } from './report.ts'

const STEPS: readonly StepName[] = ['form', 'since', 'outcome', 'signer', 'promise']

/** Examines a node's promise with what became of it. Whose the key of the promise is, a card among those given may say. */
export function examinePromise(
  crypto: CryptoProvider,
  founded: Founded,
  bytes: Uint8Array,
  cards: readonly NodeCard[],
): Report {
  const file = readOmission(bytes)
  const whole = typeof file === 'string' ? undefined : file
  const node = whole?.intake.node ?? ''
  const card = cards.find(({ doorKey }) => doorKey === node)
  const judged = judgeOmission(crypto, founded, node, bytes)
  const broken =
    typeof file === 'string' ? ({ step: 'form', reason: file } as const) : brokenIn(crypto, founded, file, judged)
  const compared = (name: StepName): readonly Compared[] => comparedOf(crypto, founded, whole, bytes, name)
  const steps = stepsUntil(STEPS, broken, compared).map((step): Step => {
    const isUnnamed = step.name === 'signer' && step.state === 'held' && card === undefined
    return excerptOf(isUnnamed ? { ...step, state: 'open' } : step, bytes)
  })
  if (broken !== undefined) return { about: 'promise', steps, holds: false, trusts: [], witnesses: [] }
  const shown = { kind: 'promise', verdict: judged, node, ...(card === undefined ? {} : { org: card.org }) } as const
  return { about: 'promise', steps, holds: true, shown, trusts: judged.trusts, witnesses: [] }
}

/** Which step the judgement fails at; what holds of each part is asked of the same functions the judgement asks. */
function brokenIn(
  crypto: CryptoProvider,
  founded: Founded,
  { since, receipt, absence, log, intake }: OmissionFile,
  judged: ReturnType<typeof judgeOmission>,
): { readonly step: StepName; readonly reason: string } | undefined {
  if (judged.verdict !== 'unfounded') return undefined
  const { reason } = judged
  const header = verifySignedHeader(crypto, founded, since)
  if (!header.ok) return { step: 'since', reason: header.reason }
  const shown = receipt ?? log?.last
  const outcome =
    (shown && verifyReceipt(crypto, founded, shown)) ?? (absence && verifyState(crypto, founded, absence.proof))
  if (outcome !== undefined && !outcome.ok) return { step: 'outcome', reason: `${outcome.step}: ${outcome.reason}` }
  return { step: intakeHolds(crypto, intake) ? 'promise' : 'signer', reason }
}

function comparedOf(
  crypto: CryptoProvider,
  founded: Founded,
  file: OmissionFile | undefined,
  bytes: Uint8Array,
  name: StepName,
): readonly Compared[] {
  if (file === undefined || name === 'form') return [{ word: 'bytes', stated: String(bytes.length) }]
  const { intake, since } = file
  switch (name) {
    case 'since':
      return [
        ...comparedOfHeader(crypto, founded, since, 'chain'),
        ...comparedOfHeader(crypto, founded, since, 'commit'),
      ]
    case 'signer':
      return [{ word: 'node', stated: intake.node }]
    case 'promise':
      return [
        { word: 'id', stated: intake.id },
        { word: 'promised', stated: `${intake.height} + ${intake.withinSeconds} s` },
      ]
    default:
      return []
  }
}
