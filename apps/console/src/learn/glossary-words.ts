import { defineWords } from '../i18n/words.ts'

/** The terms of this market. Each `term` has `term.means`; pages show both by {@link Term}. */
export const glossaryWords = defineWords('glossary', {
  sequence: ['交易序列', 'Sequence'],
  'sequence.means': [
    '从公告到合同的一条主线，同一品种、同一交割期的各场次依次属于它。',
    'The path from notice to contract: the sessions of one product and one delivery belong to it in turn.',
  ],
  session: ['场次', 'Session'],
  'session.means': [
    '一次集中竞价：有开市、闭市时间与一组申报限额，闭市后一次出清。',
    'One call auction: it opens, it has a gate and limits, and is cleared once at the gate.',
  ],
  unit: ['交易单元', 'Trading unit'],
  'unit.means': ['申报的主体：一座电厂，或一家购电方。', 'Who bids: a plant, or a buyer.'],
  period: ['时段', 'Period'],
  'period.means': [
    '一天分为 24 个小时段，00:00-01:00 至 23:00-24:00，每段各自成一本订单簿。',
    'A day has 24 hours, 00:00-01:00 to 23:00-24:00, each a book of its own.',
  ],
  step: ['申报段', 'Step'],
  'step.means': [
    '一个价格与一个电量。售方逐段价格递增，购方递减；段数上限见公告。',
    'One price and one volume. Sellers’ steps rise in price, buyers’ fall; the notice says how many there may be.',
  ],
  limit: ['申报上限', 'Limit'],
  'limit.means': [
    '本单元在该时段最多可申报的电量，公告时给定，多笔申报合计不得超过。',
    'The most a unit may bid in a period, fixed with the invitation; all its orders together stay within it.',
  ],
  gate: ['闭市', 'Gate'],
  'gate.means': [
    '申报截止的时刻。以区块时间为准，到点自动出清，任何人都不能提前或推迟。',
    'When bidding ends. Block time decides; the session is cleared by itself, and nobody can do so sooner or later.',
  ],
  floor: ['价格下限', 'Price floor'],
  'floor.means': ['低于此价的申报不予受理。', 'A price below it is refused.'],
  cap: ['价格上限', 'Price cap'],
  'cap.means': ['高于此价的申报不予受理。', 'A price above it is refused.'],
  tick: ['最小变动价位', 'Tick'],
  'tick.means': ['价格须为它的整数倍。', 'Prices are whole multiples of it.'],
  lot: ['最小电量单位', 'Lot'],
  'lot.means': ['电量须为它的整数倍。', 'Volumes are whole multiples of it.'],
  clearing: ['边际统一出清', 'Uniform clearing'],
  'clearing.means': [
    '购方由高到低、售方由低到高排队，撮合到价格不再合适为止；所有成交同一个价。',
    'Buyers from the highest, sellers from the lowest are matched until prices cross; all trade at one price.',
  ],
  marginal: ['边际档', 'Marginal tier'],
  'marginal.means': [
    '最后成交的那一档价格。同价者电量不够分时，按申报电量等比例分配。',
    'The last price that still trades. Where it offers more than is left, shares are by declared volume.',
  ],
  unconstrained: ['无约束出清结果', 'Unconstrained result'],
  'unconstrained.means': [
    '尚未经调度安全校核的结果，不是最终结果。',
    'The result before the dispatcher’s security check: not the last word.',
  ],
  check: ['安全校核', 'Security check'],
  'check.means': [
    '调度机构核实结果不会使电网越限。',
    'The dispatcher makes sure that the result keeps the grid within its limits.',
  ],
  bulletin: ['成交公告', 'Bulletin of results'],
  'bulletin.means': [
    '一人拟稿，另一人批准，批准后结果公布。',
    'Prepared by one person and approved by another; then the result is public.',
  ],
  tally: ['已申报/应申报', 'Submitted of invited'],
  'tally.means': [
    '闭市前唯一公开的情况：有多少单元已申报。谁报了什么，闭市前他人不可见。',
    'All that is public before the gate: how many have bid. Who bid what, nobody else can see until then.',
  ],
  receipt: ['回执', 'Receipt'],
  'receipt.means': [
    '账本对一笔业务的答复：接受或不接受、原因、所在区块。',
    'The ledger’s answer to an act: accepted or not, why, and in which block.',
  ],
  accepted: ['已受理', 'Taken in'],
  'accepted.means': [
    '节点签名承诺在限定时间内把它送入区块。还不算数，以回执为准。',
    'A node has promised by signature to bring it into a block. It does not count yet: the receipt does.',
  ],
  committed: ['已上链', 'Committed'],
  'committed.means': ['已在区块中，结果已定。', 'It stands in a block, and what came of it is settled.'],
  provable: ['可证明', 'Provable'],
  'provable.means': [
    '可取得证明文件，凭创世文件离线验证，不必信任任何节点。',
    'Its proof file can be had, and checked offline with the genesis file, trusting no node.',
  ],
  block: ['区块', 'Block'],
  'block.means': ['按顺序相连的一批业务，由验证人共同签名。', 'A batch of acts in order, signed by the validators.'],
  'app.hash': ['应用哈希', 'App hash'],
  'app.hash.means': [
    '账本全部状态的指纹。各节点相同，即账目相同。',
    'The fingerprint of all the ledger holds. Where it is the same, the books are.',
  ],
  validator: ['验证人', 'Validator'],
  'validator.means': [
    '参与签署区块的机构；超过三分之二签名，区块才成立。',
    'An organisation that signs blocks; more than two thirds make one.',
  ],
  key: ['密钥', 'Key'],
  'key.means': [
    '某位经办人用来签名的钥匙。私钥只在本人手中，公钥登记在账本上。',
    'What a person signs with. The private part stays with them; the public part is on record.',
  ],
  'two.persons': ['两人原则', 'Two persons'],
  'two.persons.means': [
    '拟稿与批准须由同一机构的两个不同的人、用各自的密钥完成。',
    'Preparing and approving are done by two people of one organisation, each with a key of their own.',
  ],
})
