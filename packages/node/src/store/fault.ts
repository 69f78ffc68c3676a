/** Why the store cannot go on: `damaged` content, a `failed` disk operation, a directory `locked` by another node. */
export type StoreFaultKind = 'damaged' | 'failed' | 'locked' | 'closed'

/** The outside failed. Names the file and, for damage, the byte at which trust ends. */
export class StoreFault extends Error {
  readonly kind: StoreFaultKind
  readonly file: string
  readonly offset: number | undefined

  constructor(kind: StoreFaultKind, file: string, what: string, where: { offset?: number; cause?: unknown } = {}) {
    const at = where.offset === undefined ? file : `${file} at byte ${where.offset}`
    super(`journal ${kind}: ${at}: ${what}`, 'cause' in where ? { cause: where.cause } : undefined)
    this.name = 'StoreFault'
    this.kind = kind
    this.file = file
    this.offset = where.offset
  }
}
