import { SEQUENCE_NOT_HIGHER, readGenesis, signBody } from '@dujiang/chain'
import { type KeyFile, type Identity, Sequences, buildBody, identityOf, plainKeyFile } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { generateSecret, nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { type Route, ok, problem, problemOf } from '@dujiang/node/api'
import type { LedgerNode } from '@dujiang/node/service'
import { type Member, members } from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'

/** The sample's exchange. */
const EXCHANGE = 'SCPX'
const DAY_MS = 24 * 3_600_000

/**
 * A key for somebody's system to try the ledger with, registered in one call: somebody of the organisation signs for it, as a
 * person would in earnest. Only this app has this door, and it runs no ledger but a demo's.
 * @param among for whom there are keys
 */
export function sandbox(
  node: Pick<LedgerNode, 'genesisBytes' | 'submit'>,
  keys: DemoKeys,
  among: readonly Member[] = members,
): Route {
  const { chain, genesis } = readGenesis(nodeCrypto.sha256, node.genesisBytes)
  const sequences = new Sequences(() => Date.now())
  return {
    method: 'POST',
    path: '/demo/sandbox',
    title: {
      zh: '为接入系统登记一把密钥并交给调用者（仅演示链）',
      en: 'Registers a new key for a system and hands it over, on a demo chain only',
    },
    params: [
      {
        name: 'org',
        title: { zh: '为哪个示例单位，默认交易中心', en: 'For which sample organisation; the exchange unless told' },
        kind: 'oneOf',
        values: among.map(({ org }) => org),
      },
      {
        name: 'scheme',
        title: { zh: '签名算法，默认 ed25519', en: 'Signature scheme; ed25519 unless told' },
        kind: 'oneOf',
        values: ['ed25519', 'sm2'],
      },
    ],
    answers: {
      200: { says: 'The key file, as the command line and the console read it', schema: 'KeyFile' },
      403: 'The organisation is not on the ledger yet, or a page of others asks',
    },
    forms: { KeyFile: keyFileForm, SandboxWish: wishForm },
    ownPagesOnly: true,
    // A page of others cannot send this type without asking the node first, and it is told no.
    body: { type: 'application/json', bytesMax: 100, many: false, schema: 'SandboxWish' },
    async handle({ query, body }) {
      if (!['', '{}'].includes(Buffer.from(body).toString().trim())) {
        return problem('badValue', { field: 'body', rule: 'notEmpty' })
      }
      const org = query.text('org') ?? EXCHANGE
      const file = newKeyFile(org, query.text('scheme') === 'sm2' ? 'sm2' : 'ed25519')
      const person = among.find((member) => member.org === org)?.people[0] as string
      const by: Identity = identityOf(nodeCrypto.sha256, org, keys.of({ org, person }))
      const { scheme, publicKey, key } = file
      const added = {
        scheme,
        publicKey,
        person: `sandbox-${key.slice(0, 8)}`,
        fromMs: 0,
        untilMs: Date.now() + 7 * DAY_MS,
      }
      const wanted = { act: 'members.key.add', payload: { org, key: added } }
      // On a network another act of the organisation may cross it on its way: then it is signed anew.
      for (;;) {
        const moment = { nowMs: Date.now(), sequence: sequences.next() }
        const body = buildBody({ chain, domain: genesis.domain }, by, wanted, moment)
        const outcome = await node.submit(signBody(by.signer, body))
        if (outcome.kind !== 'committed') return problemOf(outcome)
        const { refusal } = outcome.stored.receipt
        if (refusal === undefined) return ok(file)
        if (refusal.name !== SEQUENCE_NOT_HIGHER.name) {
          throw new Error(`the sandbox’s own key is refused: ${refusal.name}`)
        }
      }
    },
  }
}

function newKeyFile(org: string, scheme: 'ed25519' | 'sm2'): KeyFile {
  const secret = generateSecret(scheme)
  return plainKeyFile(nodeCrypto.sha256, org, signerFromSecret(scheme, secret), toHex(secret))
}

const wishForm = { type: 'object', maxProperties: 0, description: 'Nothing: what is wanted stands in the query' }
const text = { type: 'string' }
const keyFileForm = {
  type: 'object',
  properties: {
    key: text,
    kind: { const: 'dujiang-key' },
    org: text,
    publicKey: text,
    scheme: { type: 'string', enum: ['ed25519', 'sm2'] },
    secret: text,
    v: { const: 1 },
  },
  required: ['key', 'kind', 'org', 'publicKey', 'scheme', 'secret', 'v'],
}
