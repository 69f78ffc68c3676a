import { readFile } from 'node:fs/promises'
import { VERIFY_STEPS, type VerifyStep, type Verified, verifyReceipt } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { decisionJson, decisionWords } from '../decision.ts'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { readInput, unreadable } from '../input.ts'
import { say } from '../language.ts'
import { isAboutPromise, nodeKeyOf, verdictOn } from '../omission/verdict.ts'
import { jsonLine, print } from '../output.ts'
import { trustLines } from '../trusts.ts'

export interface VerifyFlags {
  readonly genesis: string
  readonly signer?: string
  readonly json?: true
}

/** Verifies the receipt file at `path`, or a file about a promise; the exit status is 0 only if every step holds. */
export async function verify(path: string, { genesis, signer, json }: VerifyFlags): Promise<number> {
  const founded = foundedBy(genesis, Uint8Array.from(await readFile(genesis).catch(unreadable(genesis))))
  const file = Uint8Array.from(await readInput(path))
  if (isAboutPromise(file)) return verdictOn(file, founded, await nodeKeyOf(demandSigner(signer)), json === true)
  const verified = verifyReceipt(nodeCrypto, founded, file)
  await print(json === true ? jsonLine(jsonOf(verified)) : inWords(verified))
  return verified.ok ? 0 : EXIT_REFUSED
}

function demandSigner(signer: string | undefined): string {
  if (signer !== undefined) return signer
  throw new Failure(
    '这是关于受理承诺的文件：用 --signer 指明承诺节点的名片或公钥',
    'this file is about a promise: name the node that promised with --signer, by its card or its key',
  )
}

const stepWords: Readonly<Record<VerifyStep, readonly [zh: string, en: string]>> = {
  form: ['文件格式规范', 'the file is in canonical form'],
  chain: ['属于创世文件所定的链', 'it is of the chain the genesis file founds'],
  act: ['所附操作就是回执所述的操作', 'the act in it is the one the receipt is about'],
  events: ['所附事件与回执的摘要一致', "its events have the receipt's digest"],
  inclusion: ['回执在回执日志中', 'the receipt stands in the log of receipts'],
  appHash: ['区块头承诺了该日志', 'the header commits to that log'],
  validators: ['区块头的验证人与创世文件一致', 'the header names the validators of the genesis file'],
  commit: ['验证人签署了该区块头', 'the validators signed the header'],
}

function inWords(verified: Verified): string {
  const failedAt = verified.ok ? VERIFY_STEPS.length : VERIFY_STEPS.indexOf(verified.step)
  const held = VERIFY_STEPS.slice(0, failedAt).map((step) => `✓ ${say(...stepWords[step])}`)
  if (!verified.ok) return `${[...held, `✗ ${say(...stepWords[verified.step])}: ${verified.reason}`].join('\n')}\n`
  return `${[...held, ...decisionWords(verified.receipt), ...trustLines(verified.trusts)].join('\n')}\n`
}

function jsonOf(verified: Verified) {
  if (!verified.ok) return { ok: false, failed: { step: verified.step, reason: verified.reason } }
  const { receipt, events, act, trusts } = verified
  return { ok: true, steps: VERIFY_STEPS, receipt, decision: decisionJson(receipt), events, act: act ?? null, trusts }
}
