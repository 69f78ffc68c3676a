import type { Invariant } from '../kernel/index.ts'
import { orgs } from '../members/index.ts'
import { POWER_MAX, VALIDATORS_MAX } from './change-fields.ts'
import { isOdd } from './power.ts'
import { type ValidatorProposal, type ValidatorRow, validatorProposals, validators } from './tables.ts'

/** There is somebody to make blocks, and nobody's power is out of range. Rule NETWORK-20. */
const someoneSigns: Invariant = {
  name: 'NETWORK-20',
  law: {
    zh: '验证节点1~100个，权重均在1~1000000；不止一个时均为偶数',
    en: 'There are 1 to 100 validators, each of power 1 to 1 000 000; of several, each even',
  },
  over: [validators.name],
  broken(view) {
    const rows = [...validators.entries(view)]
    if (rows.length < 1 || rows.length > VALIDATORS_MAX) return `there are ${rows.length} validators`
    for (const [key, { power }] of rows) {
      if (power < 1 || power > POWER_MAX || (rows.length > 1 && isOdd(power))) return `${key} has power ${power}`
    }
    return undefined
  },
}

/** A validator is run by a member. Rule NETWORK-21. */
const runByMembers: Invariant = {
  name: 'NETWORK-21',
  law: { zh: '验证节点由已注册成员运行', en: 'A validator is run by a registered organisation' },
  over: [validators.name],
  broken(view, key) {
    const row = view.get(key) as ValidatorRow | undefined
    if (row === undefined || orgs.get(view, row.org) !== undefined) return undefined
    return `${key} is run by ${row.org}, which is not registered`
  },
}

/** Each organisation approves once. Rule NETWORK-23. */
const approvedOnce: Invariant = {
  name: 'NETWORK-23',
  law: { zh: '待决提案至少有一家同意，每家计一次', en: 'An open proposal has approvals, one an organisation' },
  over: [validatorProposals.name],
  broken(view, key) {
    const row = view.get(key) as ValidatorProposal | undefined
    if (row === undefined) return undefined
    const distinct = new Set(row.approvals).size
    return distinct > 0 && distinct === row.approvals.length
      ? undefined
      : `${key} is approved by ${row.approvals.join()}`
  },
}

export const networkInvariants: readonly Invariant[] = [someoneSigns, runByMembers, approvedOnce]
