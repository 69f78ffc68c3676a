import type { Committed, Refused } from '@dujiang/client'

/** Why an act was not carried out, in the rules' own words. `onRecord`: the refusal has a receipt of its own. */
export interface Why {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** The same act may succeed later, unchanged. */
  readonly retry: boolean
  readonly facts: Refused['refusal']['facts']
  readonly onRecord: boolean
}

export function whyRefused({ refusal: { name, zh, en, retry, facts } }: Refused): Why {
  return { name, zh, en, retry, facts, onRecord: false }
}

export function whyDeclined({ receipt, sentence }: Committed): Why {
  const { refusal } = receipt
  const name = refusal?.name ?? String(receipt.code)
  const said = sentence ?? { zh: name, en: name, retry: false }
  return { name, zh: said.zh, en: said.en, retry: said.retry, facts: refusal?.facts ?? {}, onRecord: true }
}
