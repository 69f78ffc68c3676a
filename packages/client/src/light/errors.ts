import type { BisectionFault, LightAttack, LightBlock } from '@dujiang/chain'

/** What is trusted is older than the trusting period: a newer header, from somebody one trusts, must be pinned. */
export class TrustExpired extends Error {
  readonly trustedHeight: number

  constructor(trustedHeight: number) {
    super(`the trusted header ${trustedHeight} is older than the trusting period`)
    this.name = 'TrustExpired'
    this.trustedHeight = trustedHeight
  }
}

/**
 * No other source confirmed the header, or one contradicts it and what would decide has not arrived; `faults` says so of each. Not
 * a sign of an attack: ask again, or name further witnesses. One that contradicts every time is for a person to look into.
 */
export class NoWitness extends Error {
  readonly faults: readonly SourceFault[]

  constructor(height: number, faults: readonly SourceFault[]) {
    super(`no witness confirms the header ${height}${faults.length === 0 ? '' : `: ${listed(faults)}`}`)
    this.name = 'NoWitness'
    this.faults = faults
  }
}

/** No source gave a header that could be verified. */
export class HeaderUnknown extends Error {
  readonly faults: readonly SourceFault[]

  constructor(height: number | undefined, faults: readonly SourceFault[]) {
    super(`no source has given the ${height === undefined ? 'newest header' : `header ${height}`}: ${listed(faults)}`)
    this.name = 'HeaderUnknown'
    this.faults = faults
  }
}

/** What a source did wrong or could not do. */
export interface SourceFault {
  readonly source: string
  readonly reason: string
}

/**
 * Two sources have proved different chains: enough validators signed both, or one of them is false. Nothing more is believed until a
 * person has decided. `attacks` says who signed the false chain, if it is the first source's, and if it is the second's.
 */
export class Diverged extends Error {
  readonly sources: readonly [string, string]
  /** Both ways from the last common header, in the order of `sources`. */
  readonly chains: readonly [readonly LightBlock[], readonly LightBlock[]]
  readonly attacks: readonly [LightAttack, LightAttack]

  constructor(sources: Diverged['sources'], chains: Diverged['chains'], attacks: Diverged['attacks']) {
    const { height } = attacks[0].conflicting.header
    super(`${sources[0]} and ${sources[1]} have proved different headers ${height}: ${attacks[0].kind}`)
    this.name = 'Diverged'
    this.sources = sources
    this.chains = chains
    this.attacks = attacks
  }
}

function listed(faults: readonly SourceFault[]): string {
  return faults.map(({ source, reason }) => `${source}: ${reason}`).join('; ')
}

export function faultText({ height, fault }: BisectionFault): string {
  return `header ${height}: ${fault.reason}`
}
