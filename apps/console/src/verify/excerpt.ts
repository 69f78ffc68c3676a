import type { Step } from './report.ts'

const AROUND = 36

/** Adds to a step that broke at a byte the text around it. */
export function excerptOf(step: Step, file: Uint8Array): Step {
  const at = /at byte (\d+)/.exec(step.reason ?? '')?.[1]
  if (step.state !== 'broken' || at === undefined) return step
  const atByte = Number(at)
  const text = (from: number, to: number): string => new TextDecoder().decode(file.subarray(Math.max(0, from), to))
  return {
    ...step,
    excerpt: {
      atByte,
      before: text(atByte - AROUND, atByte),
      bad: text(atByte, atByte + 1),
      after: text(atByte + 1, atByte + 1 + AROUND),
    },
  }
}
