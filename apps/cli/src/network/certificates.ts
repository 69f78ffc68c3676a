import {
  type KeyObject,
  X509Certificate,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { der } from './der.ts'

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3_650
const MACHINE_DAYS = 730

/** What a certificate is for: the HTTP interface of a node, or a machine that asks one. */
export type Purpose =
  | { readonly kind: 'node'; readonly hosts: readonly [string, ...string[]] }
  | { readonly kind: 'client'; readonly name: string }

/** Makes an organisation's own authority in a folder; gives its certificate as base64 of DER. It vouches for nobody else. */
export async function makeAuthority(dir: string, org: string): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = certificateOf({
    subject: authorityName(org),
    issuer: authorityName(org),
    publicKey,
    issuerKey: publicKey,
    signingKey: privateKey,
    days: AUTHORITY_DAYS,
    extensions: [basicConstraints(true), keyUsage(KEY_CERT_SIGN)],
  })
  await writeKey(join(dir, 'ca.key'), privateKey)
  await writeFile(join(dir, 'ca.crt'), pemOf(certificate), { flag: 'wx' })
  return Buffer.from(certificate).toString('base64')
}

/** Has the authority in `keysDir` vouch for a new key: `tls.crt` and `tls.key`, or `client.…`, in `out`. */
export async function issue(keysDir: string, purpose: Purpose, out = keysDir): Promise<void> {
  const authority = new X509Certificate(await readFile(join(keysDir, 'ca.crt')))
  const org = /^O=(.*)$/m.exec(authority.subject)?.[1] as string
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isNode = purpose.kind === 'node'
  const certificate = certificateOf({
    subject: nameOf(org, isNode ? purpose.hosts[0] : purpose.name),
    issuer: authorityName(org),
    publicKey,
    issuerKey: authority.publicKey,
    signingKey: createPrivateKey(await readFile(join(keysDir, 'ca.key'))),
    days: MACHINE_DAYS,
    extensions: [
      basicConstraints(false),
      keyUsage(DIGITAL_SIGNATURE),
      extendedUsage(isNode ? SERVER_AUTH : CLIENT_AUTH),
      ...(isNode ? [alternativeNames(purpose.hosts)] : []),
    ],
  })
  const file = isNode ? 'tls' : 'client'
  await writeKey(join(out, `${file}.key`), privateKey)
  await writeFile(join(out, `${file}.crt`), pemOf(certificate))
}

interface Stated {
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  readonly publicKey: KeyObject
  readonly issuerKey: KeyObject
  readonly signingKey: KeyObject
  readonly days: number
  readonly extensions: readonly Uint8Array[]
}

const ECDSA_WITH_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'))
const VERSION_3 = der.context(0, true, der.integer(Uint8Array.of(2)))

/** A certificate of RFC 5280, version 3, in DER. */
function certificateOf({ subject, issuer, publicKey, issuerKey, signingKey, days, extensions }: Stated): Uint8Array {
  const nowMs = Date.now()
  // From a day before now, since clocks differ.
  const validity = der.sequence(der.time(new Date(nowMs - DAY_MS)), der.time(new Date(nowMs + days * DAY_MS)))
  const keyIds = [
    extension('2.5.29.14', false, der.octets(keyIdOf(publicKey))),
    extension('2.5.29.35', false, der.sequence(der.context(0, false, keyIdOf(issuerKey)))),
  ]
  const stated = der.sequence(
    VERSION_3,
    der.integer(serialNumber()),
    ECDSA_WITH_SHA256,
    issuer,
    validity,
    subject,
    spkiOf(publicKey),
    der.context(3, true, der.sequence(...extensions, ...keyIds)),
  )
  return der.sequence(stated, ECDSA_WITH_SHA256, der.bits(sign('sha256', stated, signingKey)))
}

/** Positive, and never one that begins with a zero byte, which DER would have to be without. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40
  return bytes
}

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' })
const keyIdOf = (key: KeyObject): Uint8Array => createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20)

const authorityName = (org: string): Uint8Array => nameOf(org, `${org} authority`)
const nameOf = (org: string, name: string): Uint8Array =>
  der.sequence(
    der.set(der.sequence(der.oid('2.5.4.10'), der.text(org))),
    der.set(der.sequence(der.oid('2.5.4.3'), der.text(name))),
  )

const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.truth()] : []), der.octets(value))

/** An authority vouches for machines, not for further authorities. */
const basicConstraints = (isAuthority: boolean): Uint8Array =>
  extension('2.5.29.19', true, isAuthority ? der.sequence(der.truth(), der.integer(Uint8Array.of(0))) : der.sequence())

const DIGITAL_SIGNATURE = 0
const KEY_CERT_SIGN = 5
/** Bits are counted from the highest. */
const keyUsage = (bit: number): Uint8Array =>
  extension('2.5.29.15', true, der.bits(Uint8Array.of(0x80 >> bit), 7 - bit))

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const extendedUsage = (oid: string): Uint8Array => extension('2.5.29.37', false, der.sequence(der.oid(oid)))

const DNS_NAME = 2
const IP_ADDRESS = 7
const alternativeNames = (hosts: readonly string[]): Uint8Array =>
  extension(
    '2.5.29.17',
    false,
    der.sequence(
      ...hosts.map((host) =>
        isIP(host) === 0
          ? der.context(DNS_NAME, false, Buffer.from(host))
          : der.context(IP_ADDRESS, false, addressBytes(host)),
      ),
    ),
  )

function addressBytes(host: string): Uint8Array {
  if (isIP(host) === 4) return Uint8Array.from(host.split('.').map(Number))
  // The URL writes an address in its one short form: at most one run of zeros is left out.
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

const pemOf = (certificate: Uint8Array): string => new X509Certificate(certificate).toString()

const writeKey = (path: string, key: KeyObject): Promise<void> =>
  writeFile(path, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
