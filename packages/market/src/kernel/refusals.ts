import { type Refusal } from '@dujiang/chain'

/** A refusal as people read it. Facts stand in braces; both sentences name the same ones. */
export interface Sentence<Zh extends string = string> {
  /** Permanent, unique over the product, never reused or renumbered. */
  readonly code: number
  readonly zh: Zh
  readonly en: string
  /**
   * May the same request, signed anew by the same person, succeed later? True when time can lift what stands in the way, or
   * an act that is still possible: another's, or the own organisation's, such as cancelling an order. False when the
   * request or its signer must be another, or it is too late. It is a hint of what may help and no promise.
   */
  readonly retry: boolean
}

type FactNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | FactNames<Rest>
  : never
type Fact = string | number
type Facts<Text extends string> = { readonly [Name in FactNames<Text>]: Fact }

type Constructors<T extends Record<string, Sentence>> = {
  readonly [Name in keyof T]: keyof Facts<T[Name]['zh']> extends never
    ? () => Refusal
    : (facts: Facts<T[Name]['zh']>) => Refusal
}

export interface Refusals<T extends Record<string, Sentence> = Record<string, Sentence>> {
  readonly sentences: T
  readonly refuse: Constructors<T>
}

/** A family's refusals: `refuse.name(facts)` makes one, and the facts it must be given are read off its sentence. */
export function refusals<const T extends Record<string, Sentence>>(sentences: T): Refusals<T> {
  const refuse: Record<string, (facts?: Record<string, Fact>) => Refusal> = {}
  for (const name of Object.keys(sentences).sort(byCodeUnit)) {
    const { code } = sentences[name] as Sentence
    refuse[name] = (facts = {}) => ({ code, name, facts })
  }
  return { sentences, refuse: refuse as unknown as Constructors<T> }
}

/** Puts a refusal's facts into its sentence. */
export function speak(
  sentence: Pick<Sentence, 'zh' | 'en'>,
  facts: { readonly [name: string]: unknown },
  language: 'zh' | 'en',
): string {
  return sentence[language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in facts ? String(facts[name]) : whole,
  )
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
