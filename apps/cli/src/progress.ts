import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  readonly update: (done: number, total: number) => void
  readonly stop: () => void
}

/** A bar on standard error, when that is a terminal; otherwise nothing. */
export function progressBar(label: string): Progress {
  if (process.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined }
  const options = { format: `${label} {bar} {percentage}% {value}/{total}`, clearOnComplete: true, hideCursor: true }
  const bar = new SingleBar(options, Presets.shades_classic)
  let started = false
  return {
    update(done, total) {
      if (started) bar.update(done)
      else bar.start(total, done)
      started = true
    },
    stop() {
      if (started) bar.stop()
      started = false
    },
  }
}
