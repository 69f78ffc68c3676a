/** A book the calculation door does not take: the field at fault and the rule it breaks (CALC-1 …), with the facts. */
export interface CalcRefusal {
  readonly error: {
    readonly field: string
    readonly rule: string
    readonly [fact: string]: string | number | readonly string[]
  }
}

export function refuse(
  field: string,
  rule: string,
  facts: Readonly<Record<string, string | number | readonly string[]>> = {},
): CalcRefusal {
  return { error: { ...facts, field, rule } }
}

/** Tells a refusal from the number, text or reading it came instead of. */
export function isRefusal(value: unknown): value is CalcRefusal {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'error')
}
