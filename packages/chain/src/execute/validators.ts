import type { Application } from '../application.ts'
import type { Validator } from '../comet/index.ts'
import type { Overlay } from '../state/overlay.ts'

/** The validators the state asks for after a block that wrote to their rows; undefined after any other. Rule VAL-1. */
export function changedValidators({ validators }: Application, overlay: Overlay): readonly Validator[] | undefined {
  if (validators === undefined) return undefined
  for (const key of overlay.writes.keys()) {
    if (key.startsWith(validators.prefix)) return validators.read(overlay)
  }
  return undefined
}
