import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { BlockList, type LookupFunction, isIP } from 'node:net'

/** Where a delivery must not go. Rule HOOK-4. */
export class AddressRefused extends Error {
  override name = 'AddressRefused'
}

export type Lookup = (host: string, found: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void

// A list takes addresses of the old family for wrapped ones of the new: each has a list of its own.
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Everything that is not an address of one machine on the public internet (IANA's registries of special addresses). */
const special = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.ipv4.addSubnet(net, bits, 'ipv4')
}
// Of IPv6, what is global unicast is public, but for the parts in which other addresses are wrapped.
for (const [net, bits] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.ipv6.addSubnet(net, bits, 'ipv6')
}

export const dnsLookup: Lookup = (host, found) => systemLookup(host, { all: true }, found)

/** Why a delivery over this protocol may not go to this address; undefined when it may. */
export function addressFault(address: string, protocol: string, allowPrivate: boolean): string | undefined {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (protocol === 'http:' && !loopback.check(address, family)) return `${address} is not this machine: https alone`
  if (!allowPrivate && special[family].check(address, family))
    return `${address} is no public address, and none is allowed`
  return undefined
}

/** The same of an address without a name; one with a name is judged once that has been looked up. */
export function literalFault({ hostname, protocol }: URL, allowPrivate: boolean): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? undefined : addressFault(host, protocol, allowPrivate)
}

/**
 * Looks a host up for a connection and lets none of its addresses through that may not be gone to: the address that is connected to
 * is the one that was judged, however the name may change.
 */
export function judgedLookup(lookup: Lookup, protocol: string, allowPrivate: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, (error, addresses) => {
      if (error !== null) return done(error, [])
      const faults = addresses.map(({ address }) => addressFault(address, protocol, allowPrivate))
      const fault = faults.find((each) => each !== undefined)
      const [first] = addresses
      if (fault !== undefined || first === undefined) {
        return done(new AddressRefused(fault ?? `${host} has no address`), [])
      }
      if (options.all === true) return done(null, [...addresses])
      done(null, first.address, first.family)
    })
  }
}
