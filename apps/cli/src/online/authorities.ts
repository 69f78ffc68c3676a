const LISTED = /(?:^# host (\S+)\r?\n)?^(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----)/gm

/**
 * What of a list of authorities (`members.crt`) vouches for this host, as a URL spells it: what stands under its name, and what
 * stands under none, as in a list that was put together by hand. Empty where nobody does. Rule CARD-10.
 */
export function authoritiesFor(host: string, list: string): string {
  const own = [...list.matchAll(LISTED)].filter(([, named]) => named === undefined || named === host)
  return own.map(([, , pem]) => `${pem}\n`).join('')
}
