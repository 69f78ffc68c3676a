import type { Admission, Refusal } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { NotTaken } from '../service/ledger-node.ts'
import { type ProblemName, problems } from './problems.ts'

/** Why a request is not answered as asked; what its answer says is in {@link problems}. */
export interface Problem {
  readonly problem: ProblemName
  readonly facts: { readonly [fact: string]: Json }
  /** The act's id, when the bytes sent have one. */
  readonly id?: string
  readonly retryAfterSeconds?: number
}

export function problem(name: ProblemName, facts: Problem['facts'] = {}): Problem {
  return { problem: name, facts }
}

export function tooManyWaiting(): Problem {
  return { ...problem('tooManyWaiting', { retryAfterSeconds: 1 }), retryAfterSeconds: 1 }
}

export const isProblem = (value: object): value is Problem => 'problem' in value

/** The problem of an act that was not taken in. */
export function problemOf(refused: NotTaken): Problem {
  const id = refused.id === undefined ? {} : { id: refused.id }
  if (refused.kind === 'inadmissible') return { ...admissionProblem(refused.refusal), ...id }
  const { retryAfterSeconds } = refused
  return { problem: refused.reason, facts: { retryAfterSeconds }, retryAfterSeconds, ...id }
}

/** The problem of an act that would not be admitted. */
export function admissionProblem({ name, facts }: Admission): Problem {
  if (!(name in problems)) throw new Error(`admission refuses with ${name}, which has no sentence`)
  return { problem: name as ProblemName, facts }
}

/** The refusal inside `notPermitted`: what it says is the Application's to say. */
export function innerRefusal({ problem: name, facts }: Problem): Pick<Refusal, 'name' | 'facts'> | undefined {
  const { refusal, ...rest } = facts
  return name === 'notPermitted' && typeof refusal === 'string' ? { name: refusal, facts: rest } : undefined
}
