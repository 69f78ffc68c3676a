import { readFile } from 'node:fs/promises'
import type { LightAttack } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { reportFork } from '@dujiang/node/consortium'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { readDivergence } from '../light/divergence.ts'
import { print } from '../output.ts'

/** Hands the divergence that `dujiang light` has found to the engine of a running node, as evidence against who signed the false chain. */
export async function evidence(path: string, { home }: { readonly home: string }): Promise<void> {
  const sides = readDivergence(path, await readFile(path, 'utf8').catch(unreadable(path)))
  let refused: Failure | undefined
  for (const { source, chain } of sides) {
    try {
      await print(`${source}: ${outcomeWords(await reportFork(home, chain))}\n`)
    } catch (cause) {
      refused = refusal(source, cause)
    }
  }
  if (refused !== undefined) throw refused
}

function refusal(source: string, cause: unknown): Failure {
  const { message } = cause as Error
  return new Failure(
    `${source}：引擎不接受：${message}`,
    `${source}: the engine does not take it: ${message}`,
    EXIT_REFUSED,
    cause,
  )
}

function outcomeWords(attack: LightAttack | undefined): string {
  if (attack === undefined) return say('即本节点的链', "this node's own chain")
  const { height } = attack.conflicting.header
  if (attack.kind === 'amnesia') {
    return say(
      `区块头 ${height} 与本链不同，但无从归责（amnesia），未提交`,
      `header ${height} is another, but nobody can be named for it (amnesia): not handed over`,
    )
  }
  const accused = attack.byzantine.map(({ publicKey }) => `\n  ${toHex(publicKey)}`).join('')
  return say(
    `区块头 ${height} 是伪造的（${attack.kind}），已作为证据提交，签名者：${accused}`,
    `header ${height} is false (${attack.kind}), handed over as evidence against:${accused}`,
  )
}
