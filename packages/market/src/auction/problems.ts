import type { Refusal } from '@dujiang/chain'
import { type Problem, compile, s } from '@dujiang/core/codec'

/** Where checks put what they find: an act is declined for the first, a form shows all. */
export interface Problems {
  /** Notes why a request is refused. True when that is enough, and the checks end. */
  end(refusal: Refusal): boolean
}

/** For an act. */
export class FirstProblem implements Problems {
  found: Refusal | undefined

  end(refusal: Refusal): true {
    this.found = refusal
    return true
  }
}

/** For a form: in the order in which the act looks. */
export class AllProblems implements Problems {
  readonly found: Refusal[] = []

  end(refusal: Refusal): false {
    this.found.push(refusal)
    return false
  }
}

/** Everything that is wrong with a request: with its shape, or, once it has one, with what it asks. */
export interface Explained {
  /** One a field; no act of this shape is admitted. */
  readonly shape: readonly Problem[]
  readonly refusals: readonly Refusal[]
}

type Fields = Parameters<typeof s.object>[0]

/** Finds the first problem of each field, where the schema as a whole would give the first of all. */
export function shapeChecker(fields: Fields): (payload: { readonly [field: string]: unknown }) => readonly Problem[] {
  const names = Object.keys(fields).sort()
  const each = names.map((name) => [name, compile(s.object({ [name]: fields[name] as Fields[string] }))] as const)
  const whole = compile(s.object(fields))
  return (payload) => {
    const found = each.flatMap(([name, field]) => field.explain(name in payload ? { [name]: payload[name] } : {}) ?? [])
    // A field that the schema does not know.
    const other = found.length === 0 ? whole.explain(payload) : undefined
    return other === undefined ? found : [other]
  }
}
