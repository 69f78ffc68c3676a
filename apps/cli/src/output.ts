/** Writes to standard output and waits while whoever reads it is slow. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (fault) => {
      if (fault === undefined || fault === null) resolve()
      else reject(fault)
    })
  })
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EPIPE') process.exit(0)
  throw fault
})

/** One line of JSON, or several for people. */
export function jsonLine(value: unknown, pretty = false): string {
  return `${JSON.stringify(value, null, pretty ? 2 : 0)}\n`
}
