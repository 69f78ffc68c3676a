import { Ledger, addressOf, chainIdOf, proveState, trustPath, writeStateProof } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Headers, commitOf, inOrder, party } from '@dujiang/testing/light'
import { TRIVIAL_TIME_MS, actorOf, orgKeyKey, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'

const partiesOf = (...numbers: readonly number[]) => numbers.map((number) => party(number, number + 1))
const founders = partiesOf(0, 1, 2, 3)

/** A genesis file of four validators, and the proof of a row under a header that others signed, with the way to them. */
export function trustFiles(): ReadonlyMap<string, Uint8Array> {
  const actor = actorOf('A')
  const validators = founders.map(({ signer, power }, place) => {
    return { controller: `C${place}`, key: toHex(signer.publicKey), name: `v${place}`, org: `ORG${place}`, power }
  })
  const genesis = trivialGenesis([actor], { name: 'specification of trust', validators })
  const ledger = new Ledger(trivialApp(), nodeCrypto, genesis)
  const [proposer] = inOrder(founders)
  if (proposer === undefined) throw new Error('there is no validator')
  const decided = ledger.decide([], TRIVIAL_TIME_MS + 1_000, addressOf(nodeCrypto.sha256, proposer.signer.publicKey))
  ledger.commit(decided, commitOf(decided.block.header, founders, founders))
  const proof = proveState(ledger, orgKeyKey('A', actor.keyId))
  if (proof === undefined) throw new Error('the row is not provable')
  // One validator is exchanged at height 4; all but the lightest at height 7, whom only the header before names.
  const headers = new Headers({
    chainId: chainIdOf(fromHex(ledger.chain.id)),
    heights: 9,
    partiesAt: (height) => (height < 4 ? founders : height < 7 ? partiesOf(1, 2, 3, 4) : partiesOf(1, 5, 6, 7)),
    changes: () => ({ appHash: proof.header.appHash }),
  })
  const { header, commit } = headers.newest()
  const kept = [3, 4, 6, 7].map((height) => headers.at(height))
  const trust = trustPath(nodeCrypto, ledger.founded, kept, header)
  if (trust === undefined || trust.length === 0) throw new Error('there is no way to the signers')
  return new Map([
    ['genesis.json', genesis],
    ['row.json', writeStateProof({ ...proof, header, commit, trust })],
  ])
}
