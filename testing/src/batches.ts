/** `auction.session.invite` takes so many units. */
const INVITED_AT_ONCE_MAX = 50

/** The same, in lists of so many. */
export function batches<T>(all: readonly T[], size: number): T[][] {
  const some: T[][] = []
  for (let at = 0; at < all.length; at += size) some.push(all.slice(at, at + size))
  return some
}

/** Units in as many lists as it takes acts to invite them. */
export const invitations = <Unit>(units: readonly Unit[]): Unit[][] => batches(units, INVITED_AT_ONCE_MAX)
