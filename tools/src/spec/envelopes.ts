import { type Envelope, isInadmissible, readEnvelope, signBody } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Actor, actorOf, bodyOf } from '@dujiang/testing/trivial'

const text = new TextEncoder()
const read = new TextDecoder()
const chain = '5c'.repeat(32)
const expires = 1_767_225_660_000

const ed25519 = actorOf('SPEC-A')
const sm2 = actorOf('SPEC-B', 'sm2')

// SM2 signatures are randomised: this one was made once.
const SM2_TRANSACTION = text.encode(
  `{"body":{"act":"tally.mix","chain":"${chain}","domain":"public","expires":${expires},"key":"d51dd5976d7d26c998744507da8d477f",` +
    '"org":"SPEC-B","payload":{"amount":7,"tally":"合计"},"ref":"川-0001","sequence":2,"v":1},' +
    '"sig":"890bbf5c0c9d7cb12c3c4518815ddcd95569acf0d83b3cf255244a6564d8f03f730d93431e523de682ac98c2fa51e20f357add9f5b6aa30a2470f782904c009f"}',
)

const ED25519_TRANSACTION = signBody(
  ed25519.signer,
  bodyOf(ed25519, { act: 'tally.mix', chain, expires, payload: { amount: -3, tally: 'T' }, sequence: 1 }),
)

/** Transactions with all that is derived from their bytes, and bytes that are none. */
export function envelopeVectors(): Json {
  return {
    about: 'Rules ENV-1 to ENV-4 and KEY-3: a transaction, the bytes that are signed, the id, the name of the key.',
    signedTag: 'dujiang/act/1\n',
    transactions: [vector(ed25519, ED25519_TRANSACTION), vector(sm2, SM2_TRANSACTION)],
    refused: refused(),
  }
}

function vector({ signer, keyId }: Actor, tx: Uint8Array): Json {
  const { id, signedBytes, signature } = understood(tx)
  if (!nodeCrypto.verify(signer.scheme, signer.publicKey, signedBytes, signature)) {
    throw new Error('a transaction of the specification has a false signature')
  }
  return {
    scheme: signer.scheme,
    publicKey: toHex(signer.publicKey),
    key: keyId,
    transaction: read.decode(tx),
    signedBytes: toHex(signedBytes),
    id,
    signature: toHex(signature),
  }
}

function understood(tx: Uint8Array): Envelope {
  const envelope = readEnvelope(nodeCrypto.sha256, tx)
  if (isInadmissible(envelope)) throw new Error(`a transaction of the specification is ${envelope.name}`)
  return envelope
}

function refused(): Json {
  const good = read.decode(ED25519_TRANSACTION)
  const texts = [
    '',
    '{}',
    `${good}\n`,
    good.replace('"amount":-3', '"amount": -3'),
    good.replace('"amount":-3', '"amount":-3.0'),
    good.replace('"amount":-3', '"amount":null'),
    good.replace('"sequence":1', '"sequence":0'),
    good.replace('"sequence":1', '"more":1,"sequence":1'),
    good.replace('"ref":"",', ''),
    good.replace('"sig":"', '"sig":"00'),
  ]
  return texts.map((transaction) => {
    const outcome = readEnvelope(nodeCrypto.sha256, text.encode(transaction))
    if (!isInadmissible(outcome)) throw new Error('bytes that should be refused are a transaction')
    return { transaction, code: outcome.code, name: outcome.name }
  })
}
