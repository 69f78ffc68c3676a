import type { Founded } from '@dujiang/chain'
import { type JudgedOmission, judgeOmission } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED } from '../failure.ts'
import { say } from '../language.ts'
import { readCardFile } from '../network/public-files.ts'
import { jsonLine, print } from '../output.ts'
import { trustLines } from '../trusts.ts'

/** Judges a file about a promise and says the verdict; 0 when it is proved, that the promise was kept or that it was broken. */
export async function verdictOn(file: Uint8Array, founded: Founded, node: string, json: boolean): Promise<number> {
  const judged = judgeOmission(nodeCrypto, founded, node, file)
  await print(json ? jsonLine(judged) : inWords(judged, node))
  return judged.verdict === 'kept' || judged.verdict === 'broken' ? 0 : EXIT_REFUSED
}

/** The key of a node: hexadecimal, or in its card. */
export async function nodeKeyOf(signer: string): Promise<string> {
  return /^[0-9a-f]{64}$/.test(signer) ? signer : (await readCardFile(signer)).doorKey
}

/** Is it a file about a promise, well made or not? */
export function isAboutPromise(file: Uint8Array): boolean {
  try {
    const { kind } = JSON.parse(new TextDecoder().decode(file)) as { readonly kind?: unknown }
    return kind === 'dujiang-omission'
  } catch {
    return false
  }
}

const words: Readonly<Record<JudgedOmission['verdict'], readonly [zh: string, en: string]>> = {
  kept: ['✓ 承诺已兑现', '✓ the promise was kept'],
  broken: ['✗ 承诺未兑现', '✗ the promise was broken'],
  open: ['尚无定论', 'nothing is decided yet'],
  unfounded: ['证据不成立', 'what is shown does not hold'],
}

function inWords(judged: JudgedOmission, node: string): string {
  const lines = [`${say(...words[judged.verdict])}: ${judged.reason}`]
  if (judged.verdict === 'unfounded') return `${lines.join('\n')}\n`
  const deadline = new Date(judged.deadlineMs).toISOString()
  lines.push(say(`承诺节点 ${node}，期限 ${deadline}`, `promised by the node ${node}, until ${deadline}`))
  return `${[...lines, ...trustLines(judged.trusts)].join('\n')}\n`
}
