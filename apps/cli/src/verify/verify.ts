import { readFile } from 'node:fs/promises'
import { VERIFY_STEPS, type Verified, readProofHeader, verifyReceipt } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { decisionJson, decisionWords } from '../decision.ts'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { readInput, unreadable } from '../input.ts'
import { say } from '../language.ts'
import { isAboutPromise, nodeKeyOf, verdictOn } from '../omission/verdict.ts'
import { jsonLine, print } from '../output.ts'
import { trustLines } from '../trusts.ts'
import { type Kept, readCheckpoints } from '../witness/checkpoint-files.ts'
import { unvouched, witnessLines } from '../witness/vouching.ts'

export interface VerifyFlags {
  readonly genesis: string
  readonly signer?: string
  readonly checkpoint: readonly string[]
  readonly witness: readonly string[]
  readonly json?: true
}

/** Verifies the receipt file at `path`, or a file about a promise; the exit status is 0 only if every step holds. */
export async function verify(path: string, flags: VerifyFlags): Promise<number> {
  const { genesis, signer, json } = flags
  const founded = foundedBy(genesis, Uint8Array.from(await readFile(genesis).catch(unreadable(genesis))))
  const file = Uint8Array.from(await readInput(path))
  if (isAboutPromise(file)) return verdictOn(file, founded, await nodeKeyOf(demandSigner(signer)), json === true)
  const kept = await demandCheckpoints(flags, founded.chain)
  const verified = witnessed(verifyReceipt(nodeCrypto, founded, file), file, kept)
  await print(json === true ? jsonLine(jsonOf(verified, kept)) : inWords(verified, kept))
  return verified.ok ? 0 : EXIT_REFUSED
}

/** A card alone vouches for nothing, and must not look as if it did. */
function demandCheckpoints({ checkpoint, witness }: VerifyFlags, chain: string): Promise<readonly Kept[]> {
  if (checkpoint.length === 0 && witness.length > 0) {
    throw new Failure('--witness 须与 --checkpoint 同用', '--witness needs a --checkpoint that its node has signed')
  }
  return readCheckpoints(checkpoint, witness, chain)
}

type Answer = Verified | { readonly ok: false; readonly step: 'witnesses'; readonly reason: string }

/** What the validators signed does not hold for whoever asks for witnesses when one has signed another thing, or not this. */
function witnessed(verified: Verified, file: Uint8Array, kept: readonly Kept[]): Answer {
  if (!verified.ok || kept.length === 0) return verified
  const header = readProofHeader(file)
  const reason = typeof header === 'string' ? header : unvouched(kept, header)
  return reason === undefined ? verified : { ok: false, step: 'witnesses', reason }
}

function demandSigner(signer: string | undefined): string {
  if (signer !== undefined) return signer
  throw new Failure(
    '这是关于受理承诺的文件：用 --signer 指明承诺节点的名片或公钥',
    'this file is about a promise: name the node that promised with --signer, by its card or its key',
  )
}

const steps = [...VERIFY_STEPS, 'witnesses'] as const

const stepWords: Readonly<Record<(typeof steps)[number], readonly [zh: string, en: string]>> = {
  form: ['文件格式规范', 'the file is in canonical form'],
  chain: ['属于创世文件所定的链', 'it is of the chain the genesis file founds'],
  act: ['所附操作就是回执所述的操作', 'the act in it is the one the receipt is about'],
  events: ['所附事件与回执的摘要一致', "its events have the receipt's digest"],
  inclusion: ['回执在回执日志中', 'the receipt stands in the log of receipts'],
  appHash: ['区块头承诺了该日志', 'the header commits to that log'],
  validators: ['区块头的验证人与创世文件一致', 'the header names the validators of the genesis file'],
  commit: ['验证人签署了该区块头', 'the validators signed the header'],
  witnesses: ['所给见证与之相符', 'the checkpoints given vouch for it'],
}

function inWords(verified: Answer, kept: readonly Kept[]): string {
  const asked = steps.slice(0, kept.length === 0 ? VERIFY_STEPS.length : steps.length)
  const held = asked.slice(0, verified.ok ? asked.length : steps.indexOf(verified.step))
  const lines = held.map((step) => `✓ ${say(...stepWords[step])}`)
  if (!verified.ok) lines.push(`✗ ${say(...stepWords[verified.step])}: ${verified.reason}`)
  else lines.push(...decisionWords(verified.receipt), ...trustLines(verified.trusts), ...witnessLines(kept))
  return `${lines.join('\n')}\n`
}

function jsonOf(verified: Answer, kept: readonly Kept[]) {
  if (!verified.ok) return { ok: false, failed: { step: verified.step, reason: verified.reason } }
  const { receipt, events, act, trusts } = verified
  const witnesses = kept.map(({ checkpoint: { node, height, block }, witness: { org, name } }) => ({
    org,
    name,
    key: node,
    height,
    block,
  }))
  const answer = { receipt, decision: decisionJson(receipt), events, act: act ?? null, trusts, witnesses }
  return { ok: true, steps: VERIFY_STEPS, ...answer }
}
