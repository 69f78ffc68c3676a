import {
  type Decided,
  type GenesisValidator,
  Ledger,
  type LightBlock,
  type Recorded,
  type Seal,
  type Validator,
  addressOf,
  blockIdOf,
  engineChainId,
  lightBlockToJson,
  nextBlock,
  precommitSignBytes,
  proveState,
  signCheckpoint,
  signedAct,
  timeFromMs,
  voteFlag,
  writeCheckpoint,
  writeReceiptProof,
  writeStateProof,
} from '@dujiang/chain'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { rootOf, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { writeOmission } from '@dujiang/client'
import { type Party, inOrder, party } from '@dujiang/testing/light'
import { actOf, actorOf, signerOf, tallyKey, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'

const { sha256 } = nodeCrypto
const names = ['SCPX', 'DISP', 'REG', 'GRID'] as const
const parties: readonly Party[] = names.map((_, number) => party(number, 1))
const seats: readonly GenesisValidator[] = parties.map(({ signer, power }, at) => ({
  controller: names[at] as string,
  key: toHex(signer.publicKey),
  name: `node-${at}`,
  org: names[at] as string,
  power,
}))
const actor = actorOf('CHUANTOU', 'sm2')
const door = signerOf('door of the regulator')

/** A ledger of four validators, block by block. */
class FourValidators {
  readonly genesisBytes = trivialGenesis([actor], { validators: seats, name: '四川省内市场（测试）' })
  readonly ledger = new Ledger(trivialApp(), nodeCrypto, this.genesisBytes)
  #sequence = 0

  act(amount: number): Uint8Array {
    const { ledger } = this
    const payload = { tally: 'T', amount }
    const envelope = { chain: ledger.chain.id, sequence: ++this.#sequence, expires: ledger.tip.timeMs + 3_600_000 }
    return actOf(actor, { act: 'tally.mix', ...envelope, payload })
  }

  decide(txs: readonly Uint8Array[], stepMs = 1_000): Decided {
    const { ledger } = this
    const timeMs = ledger.tip.timeMs + stepMs
    const executed = ledger.execute({ timeMs, txs, misbehaviour: [] })
    const [first] = ledger.tip.validators.next as readonly [Validator]
    const proposerAddress = addressOf(sha256, first.publicKey)
    const tip = { ...ledger.tip, seal: ledger.tip.seal as Seal }
    const block = nextBlock(nodeCrypto, ledger.founded, tip, {
      txs,
      time: timeFromMs(timeMs),
      proposerAddress,
      evidence: [],
    })
    return { block, blockId: blockIdOf(sha256, block), executed }
  }

  sign({ block: { header }, blockId }: Decided) {
    const subject = { height: header.height, round: 0, blockId }
    const chainId = engineChainId(this.ledger.founded)
    const signatures = inOrder(parties).map(({ signer }) => {
      const validatorAddress = addressOf(sha256, signer.publicKey)
      const entry = { flag: voteFlag.commit, validatorAddress, time: header.time }
      return { ...entry, signature: signer.sign(precommitSignBytes(chainId, subject, entry)) }
    })
    return { ...subject, signatures }
  }

  block(txs: readonly Uint8Array[] = []): Decided {
    const decided = this.decide(txs)
    this.ledger.commit(decided, this.sign(decided))
    return decided
  }

  lightBlock(decided: Decided): LightBlock {
    const validators = parties.map(({ signer: { publicKey }, power }) => ({ publicKey, power }))
    return { header: decided.block.header, commit: this.sign(decided), validators }
  }
}

/** The files a person may hold, all of one small ledger, the same in every run. */
export function makeFiles() {
  const chain = new FourValidators()
  const { ledger } = chain
  const since = chain.block()
  const [kept, declined, lost] = [chain.act(7), chain.act(-1), chain.act(9)] as [Uint8Array, Uint8Array, Uint8Array]
  const { executed } = chain.block([kept, declined])
  const newest = chain.block()
  const head = ledger.head
  if (head === undefined) throw new Error('there is no block')

  const receiptFile = ({ receipt, events }: Recorded, tx?: Uint8Array): Uint8Array => {
    const act = tx === undefined ? undefined : signedAct(ledger.app, ledger.view(), tx)
    const { size } = head.receipts
    return writeReceiptProof({
      ...(act === undefined ? {} : { act }),
      chain: ledger.chain.id,
      commit: head.commit,
      events,
      header: head.header,
      path: ledger.receiptLog.inclusionProof(receipt.index, size),
      receipt,
      receipts: { root: rootOf(sha256, head.receipts), size },
      stateRoot: head.tree.root(),
    })
  }
  const [acceptedOne, refusedOne] = executed.recorded as unknown as [Recorded, Recorded]
  const receipt = receiptFile(acceptedOne, kept)

  const state = proveState(ledger, tallyKey('T'))
  if (state === undefined) throw new Error('no row can be proved')

  const promised = {
    chain: ledger.chain.id,
    height: since.block.header.height,
    id: acceptedOne.receipt.id,
    node: toHex(door.publicKey),
    withinSeconds: 30,
  }
  const tag = new TextEncoder().encode('dujiang/intake/1\n')
  const statement = encodeCanonicalBytes({ ...promised, kind: 'accepted' })
  const signature = toHex(door.sign(Uint8Array.from([...tag, ...statement])))
  const { header } = since.block
  const sinceHeader = { chain: ledger.chain.id, commit: chain.sign(since), header }
  const promise = writeOmission({ intake: { ...promised, signature }, act: kept, since: sinceHeader, receipt })

  // Another block of the same height, signed by the same validators: what must never be.
  const [one, two] = [chain.decide([lost]), chain.decide([lost], 2_000)]
  const shared = chain.lightBlock(newest)
  const side = (source: string, decided: Decided): Json => ({
    source,
    chain: [lightBlockToJson(shared), lightBlockToJson(chain.lightBlock(decided))],
    if_false: {},
  })
  const divergence = new TextEncoder().encode(
    JSON.stringify(
      { kind: 'dujiang-divergence', sides: [side('https://a.example', one), side('https://b.example', two)] },
      null,
      2,
    ),
  )

  const checkpoint = writeCheckpoint(signCheckpoint(sha256, door, ledger.chain.id, head.header))
  // The witness has seen another block of that height.
  const elsewhere = { ...head.header, dataHash: sha256(new Uint8Array(1)) }
  const contradicting = writeCheckpoint(signCheckpoint(sha256, door, ledger.chain.id, elsewhere))
  const card = encodeCanonicalBytes({
    doorKey: toHex(door.publicKey),
    kind: 'dujiang-card',
    name: '监管机构节点（测试）',
    org: 'REG',
  })
  return {
    chain: ledger.chain.id,
    founded: ledger.founded,
    id: acceptedOne.receipt.id,
    genesis: chain.genesisBytes,
    receipt,
    refused: receiptFile(refusedOne, declined),
    state: writeStateProof(state),
    promise,
    divergence,
    checkpoint,
    contradicting,
    card,
  }
}
