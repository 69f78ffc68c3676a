import { toHex } from '@dujiang/core/crypto'
import type { Application, Misbehaviour } from '../application.ts'
import { utf8 } from '../bytes.ts'
import type { Overlay } from '../state/overlay.ts'
import type { Recorder } from './recorder.ts'
import { write } from './write.ts'

/** What the receipt of a validator's fault names as its act. */
const MISBEHAVIOUR = 'chain.misbehaviour'

/** Puts on record what the engine has proved against validators, before anything else of the block. Rule MISB-1. */
export function recordMisbehaviour(
  app: Application,
  overlay: Overlay,
  recorder: Recorder,
  list: readonly Misbehaviour[],
): void {
  if (app.misbehaved === undefined) return
  for (const [position, misbehaviour] of list.entries()) {
    const events = write(overlay, app.misbehaved(overlay, misbehaviour), overlay.timeMs)
    recorder.keep({ act: MISBEHAVIOUR, code: 0, id: idOf(overlay, position, misbehaviour), kind: 'due' }, events)
  }
}

/** One fault may be proved twice, in two blocks: what is recorded is the proof. */
function idOf({ sha256, height }: Overlay, position: number, { kind, address, height: at }: Misbehaviour): string {
  return toHex(sha256(utf8(`dujiang/misbehaviour/1\n${height}\n${position}\n${kind}\n${address}\n${at}`)))
}
