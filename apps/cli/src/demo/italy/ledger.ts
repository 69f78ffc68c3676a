import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeGenesis } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { type Scheme, type Signer, keyId, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { PRICE_RULES, type RuleValues, TIE_RULES, dujiangMarket } from '@dujiang/market'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { Failure } from '../../failure.ts'

/** The organisation that brings another exchange's sessions, and nothing else. */
export const ORG = 'EXTCHECK'

/**
 * Anyone can make these keys: they are hashes of their names. The demonstration shows what a ledger does with signed acts,
 * not who signed; so its ledger is the same everywhere and a second run finds it again.
 */
function demoSigner(scheme: Scheme, name: string): Signer {
  return signerFromSecret(scheme, nodeCrypto.sha256(new TextEncoder().encode(`dujiang demo italy ${name}`)))
}

export const recorder = demoSigner('sm2', 'recorder')
export const recorderKey = keyId(nodeCrypto.sha256, recorder.scheme, recorder.publicKey)
const validator = demoSigner('ed25519', 'validator')

const FOUNDED_MS = Date.UTC(2025, 4, 1)
const KEY_UNTIL_MS = Date.UTC(2099, 0, 1)

const rules: RuleValues = {
  actsPerMinuteMax: 1_000_000,
  liveStepsMax: 2,
  gateStandstillMs: 0,
  gateExtensionMs: 600_000,
  priceFloor: 0,
  priceCap: 0,
  stepsMax: 1,
  priceRules: [...PRICE_RULES],
  tieRules: [...TIE_RULES],
}

const founder = {
  org: ORG,
  name: '外部验证（意大利日前市场）',
  roles: ['exchange'],
  keys: [
    {
      scheme: recorder.scheme,
      publicKey: toHex(recorder.publicKey),
      person: 'recorder',
      fromMs: FOUNDED_MS,
      untilMs: KEY_UNTIL_MS,
    },
  ],
}

/** The founding file of this demonstration's ledger: pinned by whoever checks its receipts. */
export const genesisBytes: Uint8Array = writeGenesis({
  v: 1,
  name: '外部验证 External check: MGP',
  domain: 'public',
  time: FOUNDED_MS,
  validators: [{ name: 'demo', controller: ORG, org: ORG, key: toHex(validator.publicKey), power: 1 }],
  app: {
    name: 'dujiang-market',
    version: 1,
    state: {
      members: { founders: [founder], admits: [{ role: 'exchange', admits: [] }] },
      // This ledger holds recorded sessions only; they bring their limits with them.
      rules: { name: 'EXTCHECK', document: '外部验证演示规则', values: rules },
    } as unknown as Json,
  },
})

/** Opens the demonstration's ledger in `dir`, or in a temporary folder that is gone afterwards, for as long as `use` needs it. */
export async function withLedger<T>(dir: string | undefined, use: (node: LedgerNode) => Promise<T>): Promise<T> {
  if (dir !== undefined) return withNode(resolve(dir), use)
  const temporary = await mkdtemp(join(tmpdir(), 'dujiang-italy-'))
  try {
    return await withNode(temporary, use)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function withNode<T>(dataDir: string, use: (node: LedgerNode) => Promise<T>): Promise<T> {
  const node = await openLedgerNode({
    app: dujiangMarket(),
    crypto: nodeCrypto,
    genesisBytes,
    dataDir,
    disk: realDisk,
    clock: realClock,
    validator,
    nodeKey: validator,
    // Judged in the order they are sent: the acts of a day have rising sequences.
    workers: 0,
  }).catch((cause: Error) => {
    throw new Failure(
      `无法打开账本 ${dataDir}：${cause.message}`,
      `cannot open the ledger ${dataDir}: ${cause.message}`,
      undefined,
      cause,
    )
  })
  try {
    return await use(node)
  } finally {
    await node.close()
  }
}
