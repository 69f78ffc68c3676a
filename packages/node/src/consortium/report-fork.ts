import { type LightAttack, type LightBlock, headerHash, lightAttack } from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { CometRpc } from '../engine/comet/rpc.ts'
import { attackJson } from '../engine/comet/rpc/attack-json.ts'
import { readHome } from '../network/index.ts'

const { sha256 } = nodeCrypto

/**
 * Holds a chain of headers that somebody has proved against the one of a running home, and hands the first false header to its engine as
 * evidence. Gives what it is, undefined where the node has all of these headers itself. Rejects with what the engine has against it. An
 * amnesia attack, which names nobody, is not handed over. Rule CARD-12.
 */
export async function reportFork(home: string, chain: readonly LightBlock[]): Promise<LightAttack | undefined> {
  const rpc = new CometRpc((await readHome(home)).rpcUrl)
  try {
    const { height: newest } = await rpc.status()
    let common: LightBlock | undefined
    for (const block of chain) {
      const own = await ownBlock(rpc, Math.min(block.header.height, newest))
      if (!isSame(own, block)) return await report(rpc, lightAttack(sha256, block, own, common ?? own))
      common = own
    }
    return undefined
  } finally {
    rpc.close()
  }
}

async function report(rpc: CometRpc, attack: LightAttack): Promise<LightAttack> {
  if (attack.kind !== 'amnesia') await rpc.broadcastEvidence(attackJson(sha256, attack))
  return attack
}

async function ownBlock(rpc: CometRpc, height: number): Promise<LightBlock> {
  const [{ header, commit }, validators] = await Promise.all([rpc.commit(height), rpc.validators(height)])
  return { header, commit, validators }
}

const isSame = (left: LightBlock, right: LightBlock): boolean =>
  equalBytes(headerHash(sha256, left.header), headerHash(sha256, right.header))
