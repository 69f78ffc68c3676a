import { readFile } from 'node:fs/promises'
import { VERIFY_STEPS, type VerifyStep, type Verified, verifyReceipt } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { decisionJson, decisionWords } from '../decision.ts'
import { EXIT_REFUSED } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { readInput, unreadable } from '../input.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { trustLines } from '../trusts.ts'

/** Verifies the receipt file at `path`; the exit status is 0 only if every step holds. */
export async function verify(
  path: string,
  { genesis, json }: { readonly genesis: string; readonly json?: true },
): Promise<number> {
  const founded = foundedBy(genesis, Uint8Array.from(await readFile(genesis).catch(unreadable(genesis))))
  const verified = verifyReceipt(nodeCrypto, founded, Uint8Array.from(await readInput(path)))
  await print(json === true ? jsonLine(jsonOf(verified)) : inWords(verified))
  return verified.ok ? 0 : EXIT_REFUSED
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
