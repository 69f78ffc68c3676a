/** What the verifying process found. */
export interface Verdict {
  readonly verified: number
  readonly failures: readonly { readonly file: string; readonly step: string; readonly reason: string }[]
  /** Whom the answer trusts. */
  readonly trusts: readonly string[]
  /** App hash of the highest header, in which all receipts are committed to. */
  readonly appHash: string
}
