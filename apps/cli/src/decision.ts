import type { Receipt } from '@dujiang/chain'
import { dujiangMarket, speak } from '@dujiang/market'
import { say } from './language.ts'

const market = dujiangMarket()

/** What the ledger decided, in words, with what the receipt is about. */
export function decisionWords(receipt: Receipt): string[] {
  const { act, org, id, height, index, time } = receipt
  const by = org === undefined ? say('到时自动执行', 'fell due') : org
  const when = new Date(time).toISOString()
  return [
    `${act} · ${by} · ${say(`区块 ${height}，第 ${index} 号回执`, `block ${height}, receipt ${index}`)} · ${when}`,
    `${say('编号', 'id')} ${id}`,
    ...verdict(receipt),
  ]
}

function verdict({ code, refusal }: Receipt): string[] {
  if (refusal === undefined) return [say('决定：接受 (accepted)', 'decision: accepted (接受)')]
  const spoken = sentences(refusal)
  const lines = [say(`决定：拒绝 ${code} ${refusal.name}`, `decision: refused ${code} ${refusal.name}`)]
  if (spoken === undefined) return [...lines, JSON.stringify(refusal.facts)]
  const retry = spoken.retry
    ? say('稍后原样重试可能成功', 'the same request may succeed later')
    : say('原样重试不会成功', 'the same request will not succeed later')
  return [...lines, `  ${spoken.zh}`, `  ${spoken.en}`, `  ${retry}`]
}

/** The same for programs. */
export function decisionJson({ code, refusal }: Receipt) {
  if (refusal === undefined) return { accepted: true, code }
  return { accepted: false, code, name: refusal.name, facts: refusal.facts, ...sentences(refusal) }
}

function sentences({ name, facts }: NonNullable<Receipt['refusal']>) {
  const sentence = market.sentence(name)
  if (sentence === undefined) return undefined
  return { zh: speak(sentence, facts, 'zh'), en: speak(sentence, facts, 'en'), retry: sentence.retry }
}
