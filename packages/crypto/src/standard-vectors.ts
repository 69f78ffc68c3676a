import { type Scheme, fromHex } from '@dujiang/core/crypto'

const ascii = (text: string) => new TextEncoder().encode(text)

/** FIPS 180-4 and GB/T 32905 annex A. */
export const hashVectors = [
  {
    name: 'SHA-256 of abc',
    hash: 'sha256',
    message: ascii('abc'),
    digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'SM3 of abc (GB/T 32905 A.1)',
    hash: 'sm3',
    message: ascii('abc'),
    digest: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  },
  {
    name: 'SM3 of 64 bytes (GB/T 32905 A.2)',
    hash: 'sm3',
    message: ascii('abcd'.repeat(16)),
    digest: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
  },
] as const

type SignatureVector = {
  readonly name: string
  readonly scheme: Scheme
  readonly secret: string
  readonly publicKey: string
  readonly message: Uint8Array
  readonly signature: string
}

/** GB/T 32918.5 annex A.2. */
export const sm2Vector: SignatureVector = {
  name: 'SM2 (GB/T 32918.5 A.2)',
  scheme: 'sm2',
  secret: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: ascii('message digest'),
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}

/** RFC 8032 §7.1, tests 1 to 3. */
export const ed25519Vectors: readonly SignatureVector[] = [
  {
    name: 'Ed25519 (RFC 8032, test 1)',
    scheme: 'ed25519',
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: new Uint8Array(0),
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555' +
      'fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    name: 'Ed25519 (RFC 8032, test 2)',
    scheme: 'ed25519',
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: fromHex('72'),
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    name: 'Ed25519 (RFC 8032, test 3)',
    scheme: 'ed25519',
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: fromHex('af82'),
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
      '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
]

/** The key and R are the neutral point and S is 0: the equation holds for every message, though nobody signed. */
export const smallOrderForgery = {
  publicKey: `01${'00'.repeat(31)}`,
  message: ascii('nobody signed this'),
  signature: `01${'00'.repeat(63)}`,
} as const
