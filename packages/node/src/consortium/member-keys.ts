import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Signer, fromHex, parseHex, toHex } from '@dujiang/core/crypto'
import { signerFromSecret } from '@dujiang/crypto/node'
import { writeWhole } from '../store/whole-file.ts'
import { nodeIdOf } from '../network/index.ts'
import { type Card, readCard, writeCard } from './card.ts'

/** What a node of a network signs with: blocks, its name among its peers, its promises to clients. */
const SECRETS = ['validator', 'node', 'door'] as const
type Secret = (typeof SECRETS)[number]

export const CARD_NAME = 'card.json'
const secretPath = (dir: string, secret: Secret): string => join(dir, `${secret}.secret`)

/** What an organisation says of its node, beside its keys. */
export type Stated = Pick<Card, 'org' | 'name' | 'controller' | 'role' | 'host' | 'p2pPort' | 'api' | 'authority'>

/**
 * Makes an organisation's own secrets and the card that tells the others of them. Rejects when the folder holds anything:
 * a secret is never written over. Rule CARD-4.
 */
export async function makeMemberKeys(dir: string, stated: Stated): Promise<Card> {
  await mkdir(dir, { recursive: true })
  const there = await readdir(dir)
  if (there.some((name) => name === CARD_NAME || name.endsWith('.secret'))) throw new Error(`${dir} holds keys already`)
  await chmod(dir, 0o700)
  for (const secret of SECRETS) await writeWhole(secretPath(dir, secret), `${toHex(randomBytes(32))}\n`)
  const { validator, node, door } = await memberSigners(dir)
  const card: Card = {
    ...stated,
    kind: 'dujiang-card',
    v: 1,
    doorKey: toHex(door.publicKey),
    nodeId: nodeIdOf(node.publicKey),
    validatorKey: toHex(validator.publicKey),
  }
  await writeWhole(join(dir, CARD_NAME), new TextDecoder().decode(writeCard(card)))
  return card
}

/** The secrets of {@link makeMemberKeys}, as they are. */
export async function memberSecrets(dir: string): Promise<Readonly<Record<Secret, Uint8Array>>> {
  const read = async (secret: Secret): Promise<Uint8Array> => {
    const path = secretPath(dir, secret)
    const text = (await readFile(path, 'utf8')).trim()
    if (parseHex(text)?.length !== 32) throw new Error(`${path} is damaged: it must hold 64 hexadecimal digits`)
    return fromHex(text)
  }
  const [validator, node, door] = await Promise.all(SECRETS.map(read))
  return { validator: validator!, node: node!, door: door! }
}

export async function memberSigners(dir: string): Promise<Readonly<Record<Secret, Signer>>> {
  const { validator, node, door } = await memberSecrets(dir)
  const signer = (secret: Uint8Array): Signer => signerFromSecret('ed25519', secret)
  return { validator: signer(validator), node: signer(node), door: signer(door) }
}

/** The card in a folder of keys; rejects when its keys are others. */
export async function memberCard(dir: string): Promise<Card> {
  const path = join(dir, CARD_NAME)
  const card = readCard(Uint8Array.from(await readFile(path)))
  if (typeof card === 'string') throw new Error(`${path} is no card: ${card}`)
  const { validator, node, door } = await memberSigners(dir)
  const own =
    card.validatorKey === toHex(validator.publicKey) &&
    card.doorKey === toHex(door.publicKey) &&
    card.nodeId === nodeIdOf(node.publicKey)
  if (!own) throw new Error(`${path} names other keys than lie beside it`)
  return card
}
