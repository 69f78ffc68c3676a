import { writeReceiptProof } from '@dujiang/chain'
import type { IntakeReceipt, Outcome } from '../service/ledger-node.ts'
import { problemBody } from './answer.ts'
import type { Context } from './context.ts'
import { type Problem, isProblem, problemOf } from './problem.ts'
import type { ProofWait } from './proof-wait.ts'
import { problems } from './problems.ts'
import { shownReceipt } from './shown.ts'

/** What became of an act that was sent, ready to be written: a JSON text with its status, or the problem. */
export type Taken = { readonly status: 200 | 202; readonly json: string } | Problem

/** What an outcome is to whoever sent the bytes: the intake has seen the signature, so its owner. */
export function takenOf(context: Context, outcome: Outcome | IntakeReceipt, provable?: number): Taken {
  if (outcome.kind === 'accepted') {
    const { kind, ...intake } = outcome
    return { status: 202, json: JSON.stringify({ state: kind, id: outcome.id, intake }) }
  }
  if (outcome.kind !== 'committed') return problemOf(outcome)
  const { stored, repeated } = outcome
  return { status: 200, json: `${shownReceipt(context, stored, provable).slice(0, -1)},"repeated":${repeated}}` }
}

/** The same, once the proof of the receipt is there; without the proof when it does not come in time. */
export async function takenWithProof(context: Context, proofs: ProofWait, outcome: Outcome): Promise<Taken> {
  if (outcome.kind !== 'committed') return takenOf(context, outcome)
  const { id, index } = outcome.stored.receipt
  const proof = await proofs.of(id, index)
  const taken = takenOf(context, outcome)
  if (isProblem(taken) || proof === undefined) return taken
  // The proof stands in the answer byte for byte as in its file.
  const file = new TextDecoder().decode(writeReceiptProof(proof))
  return { status: 200, json: `${taken.json.slice(0, -1)},"proof":${file}}` }
}

/** One row of a bulk answer, without its line break. */
export function bulkRow(context: Context, row: number, taken: Taken): string {
  if (!isProblem(taken)) return `{"row":${row},${taken.json.slice(1)}`
  const { status } = problems[taken.problem]
  return JSON.stringify({ row, state: 'notTaken', status, ...problemBody(context.doors, taken) })
}
