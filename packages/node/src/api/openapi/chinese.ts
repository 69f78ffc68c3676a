/** What the OpenAPI page says in English, in Chinese. A test asks that nothing is missing. */
const CHINESE: { readonly [english: string]: string } = {
  'The shared ledger of a power market. Amounts are integers of the unit in the field’s name; times are UTC milliseconds. The status says whether the ledger has an act on record, receipt.code what was decided.':
    '电力市场共享账本。数量一律为整数，单位见字段名；时间为 UTC 毫秒。HTTP 状态表示账本是否已有记录，receipt.code 表示如何决定。',
  'This node': '本节点',
  'Dujiang org="…",key="…",time="<UTC ms>",signature="<hex>", signed over "dujiang/query/1\\n" + method + "\\n" + path and query as sent + "\\n" + time; without it one sees what everybody may see':
    'Dujiang org="…",key="…",time="<UTC 毫秒>",signature="<hex>"，签名内容为 "dujiang/query/1\\n" + 方法 + "\\n" + 所发的路径与查询串 + "\\n" + 时间；不带则只见公众可见的内容',

  // Answers.
  'On record: the receipt says whether it was accepted (code 0) or declined':
    '已有记录：回执说明接受（code 为 0）或拒绝',
  'Taken in, with wait=accepted': '已受理（wait=accepted）',
  'Not an act of this ledger': '不是本账本的业务',
  'The signature or its key does not hold': '签名或密钥不成立',
  'The organisation may not do this act': '该单位无权办理此项业务',
  Expired: '已过期',
  'Too large': '过大',
  'Busy: wait as Retry-After says and send the same bytes': '繁忙：按 Retry-After 等待后原样重发',
  'Executed before this node joined by snapshot: send the same bytes to another node':
    '在本节点以快照加入之前已执行：请将同一字节发给另一节点',
  'Stopping, or it cannot say what becomes of the act: send the same bytes to another node':
    '节点正在停止，或无法断定该业务的结果：请将同一字节发给另一节点',
  'Any other problem': '其他问题',
  'The catalogue': '业务目录',
  'One line an act: its receipt, or its error': '每项业务一行：回执，或错误',
  'Too large or too many': '过大或过多',
  Busy: '繁忙',
  'What the receipt would say; no promise': '回执将如何写明；不构成承诺',
  'Its key is not one of the organisation, or not live; or the signature does not hold':
    '密钥不属该单位或已失效，或签名不成立',
  'The organisation may not do this act, or somebody else asks': '该单位无权办理，或询问者并非该单位',
  'A page; those the viewer may not see are withheld': '一页；阁下无权查阅的隐去内容',
  'Receipts from before this node joined': '早于本节点加入的回执',
  'Committed or provable': '已提交或可证明',
  'None yet, or none the viewer may see': '尚无，或阁下无权查阅',
  'The file': '文件',
  'No receipt': '没有回执',
  'Committed, not yet provable': '已提交，尚不可证明',
  'A page of headers with the number of transactions': '一页区块头，附交易数',
  'Header, commit and transactions; those the viewer may not see as their hash':
    '区块头、签名与交易；无权查阅的只给哈希',
  'No such block': '没有此区块',
  'Header, commit and validators; `latest` is the newest header that has its commit':
    '区块头、签名与验证人；latest 为最新已签的区块头',
  'No header of this height, or not kept; `facts.below` is the nearest kept below, where there is one':
    '没有此高度的区块头或未留存；facts.below 为其下最近留存的高度（如有）',
  'A page': '一页',
  'The row': '记录',
  'None, or none the viewer may see': '没有，或阁下无权查阅',
  'None that the viewer may see': '没有阁下可见的',
  'Not yet provable, or a session is open': '尚不可证明，或有场次未闭市',
  'Ids in the order of execution, and the proof file of the row that commits to them':
    '按执行顺序的编号，及对其承诺的记录的证明',
  'A page of rows that the viewer may see': '一页阁下可见的记录',
  'Too many ask at once': '同时询问者过多',
  'Lists are not ready': '列表尚未就绪',
  'Chain, domain, name, height, block time, app hash, receipts, provable, pending; how far its archive is behind; why it has failed or is stalled, if so':
    '链、域、名称、高度、区块时间、应用哈希、回执数、可证明数、待入块数；归档落后多少；失败或停顿的原因（如有）',
  'None where nothing was said of them': '未指明时为空',
  'Live and ready': '运行且就绪',
  'Live, not ready': '运行，未就绪',
  'The checkpoint, as its canonical bytes': '检查点的规范字节',
  'None now, or this node signs none': '现在没有，或本节点不签检查点',
  'The page': '接口说明',
  'Events named `receipt`, each with one as its data; a last event `end` says why the node ended it':
    '名为 receipt 的事件，各含一份回执；最后的 end 事件说明节点结束的原因',
  'After an index that the log has not reached': '序号超出回执日志',
  'After an index from before this node joined': '序号早于本节点加入之时',
  'Too many streams': '订阅过多',
  'Taken: the next delivery goes on after it': '已收下：下一次推送接着其后',
  'Not taken: the same receipts come again, after a pause that grows': '未收下：隔一段渐长的时间后重发同样的回执',

  // Signatures of a delivery.
  'When it was signed, UTC milliseconds': '签名时间，UTC 毫秒',
  'Ed25519 by the node over "dujiang/webhook/1\\n" + timestamp + "\\n" + the body’s bytes, hexadecimal':
    '节点的 Ed25519 签名，内容为 "dujiang/webhook/1\\n" + 时间 + "\\n" + 正文字节，十六进制',
  'HMAC-SHA256 over the same bytes with the shared secret, hexadecimal':
    '用共享密钥对同样字节作的 HMAC-SHA256，十六进制',
  'The node’s public key': '节点公钥',

  // Acts.
  'Canonical JSON (RFC 8785): exactly these bytes are signed and stored':
    '规范 JSON（RFC 8785）：签名和存储的正是这些字节',
  'An act as it would be sent; without `sig`, and then also without what a signature would cover alone':
    '将要提交的业务；可不带 sig，此时也可不填序号、有效期等',
  'SHA-256 of the genesis file': '创世文件的 SHA-256',
  'At most seven days ahead; executed in a block of an earlier time only': '至多七天；只在更早时间的区块中执行',
  'Name of the key: the first 16 bytes of SHA-256("dujiang/key/1:" ‖ scheme ‖ ":" ‖ public key)':
    '密钥名：SHA-256("dujiang/key/1:" ‖ 算法 ‖ ":" ‖ 公钥) 的前 16 字节',
  'Who asks': '办理单位',
  'The client’s own; random, so that nobody can guess the id': '客户端自定；取随机值，使编号不可猜',
  'Above the last one of the same unit and stream': '大于同一单元同一业务流的上一个',
  'Over "dujiang/act/1\\n" and the bytes of the body': '对 "dujiang/act/1\\n" 与 body 字节的签名',
  'The act’s id, when the bytes sent have one': '业务编号（所发字节能得出时）',

  // What was decided.
  'Compare code or name, never the sentences; x-problems lists them':
    '程序比较 code 或 name，不比较句子；全表见 x-problems',
  'Permanent number': '永久编号',
  'Permanent name': '永久名称',
  'What the sentence is made of': '句子所含的事实',
  'What people read, in Chinese': '给人看的中文',
  'The same in English': '给人看的英文',
  'Can the same wish succeed later?': '同样的请求以后可否成功',
  'Why an act was declined': '拒绝的原因',
  'Of the form the event has': '依事件而定',
  'What the ledger decided; as it was hashed': '账本的决定；与入哈希时一致',
  'The act, or the name of what fell due': '业务，或到期事项的名称',
  '0 accepted, else the permanent number of the refusal': '0 为接受，否则为拒绝的永久编号',
  'SHA-256 of the canonical JSON of the events': '事件规范 JSON 的 SHA-256',
  'Place in the log of receipts': '回执日志中的序号',
  'Block time, UTC milliseconds': '区块时间，UTC 毫秒',
  'An act on record. receipt.code 0 means accepted; otherwise the sentence says why it was declined':
    '已有记录的业务。receipt.code 为 0 即接受，否则 sentence 说明拒绝原因',
  'It had been executed before: this is its first receipt': '此前已执行：这是当时的回执',
  'A receipt of which the viewer may know no more': '阁下无权查阅内容的回执',
  'UTC milliseconds': 'UTC 毫秒',
  'The height it was read at': '读取时的高度',
  'The `after` of the next page': '下一页的 after',
  'Is there a further page?': '是否还有下一页',
  'Rows from the place asked on, with count=true; at most 1,000,000 are counted':
    '自所问之处起的行数（count=true 时），最多数到 1000000',
  'A node’s signed promise to bring an act into a block': '节点签名的入块承诺',
  'The last height committed when it was taken in; of an act executed before, its block':
    '受理时最后已提交的高度；此前已执行的，为其所在区块',
  'In a block or expired so much later, in block time': '按区块时间，至多这么多秒后入块或过期',
  'Ed25519 over "dujiang/intake/1\\n" and the canonical JSON of the other fields':
    '对 "dujiang/intake/1\\n" 与其余字段规范 JSON 的 Ed25519 签名',
  'Taken in, and not yet in a block': '已受理，尚未入块',
  'Its place in the request, from 0': '在请求中的行号，自 0 起',
  'Not taken: no receipt and no trace': '未受理：没有回执，不留痕迹',
  'As if it had been sent alone': '如同单独提交时的状态',
  'It would be accepted now, with these events': '现在会接受，产生这些事件',
  'The block time it was tried at': '试办所用的区块时间',
  'It would be declined now, and be on record with this refusal': '现在会以此拒绝，并留有记录',

  // The node.
  'The ledger’s name': '账本名称',
  'Nothing here is in earnest: everybody may have the keys of its members': '演示链：人人可得示例成员的密钥',
  'Time of the last block': '最新区块的时间',
  'Receipts in the log': '日志中的回执数',
  'Index of the first that this node holds': '本节点存有的首个序号',
  'Receipts below this index are provable': '此序号以下的回执可证明',
  'Taken in and not yet in a block': '已受理而未入块的业务数',
  'Why the node takes part no longer': '节点停止参与的原因',
  'Blocks not in the archive yet': '尚未归档的区块数',
  'Why it makes no blocks for now': '暂不出块的原因',
  'Address of its interface': '接口地址',
  'Is it the one that answers?': '是否应答的节点',
  'How far lists are behind the ledger': '列表落后账本多少',
  'Receipts behind': '落后的回执数',
  'Why they do not go on for now': '暂停的原因',
  'Those whose last delivery failed': '上次推送失败的订阅数',
  'Receipts the slowest has not been given': '最慢的订阅尚未收到的回执数',
  'Of the payload: JSON Schema 2020-12': 'payload 的 JSON Schema 2020-12',
  'Is it shown to its readers alone for some time?': '是否有一段时间只给特定读者看',
  'OpenAPI 3.1': 'OpenAPI 3.1',
  'Of the form its table has': '依所在的表而定',
  'In the order of execution': '按执行顺序',
  'What a webhook is sent: receipts in the order of the log, as the subscriber may see them':
    '推送的内容：按日志顺序、依订阅方权限的回执',
  'The newest height': '最新高度',
  'The index before the first that may stand in it': '其中首个回执之前的序号',
  'The index of the last that was looked at: the `after` of the next delivery': '已看到的最后序号：下一次推送的 after',
  'The height it was judged at who may see what': '判断可见范围时的高度',
  'Index of the first receipt that was not in the lists yet': '尚未进入列表的首个回执序号',
  'What was asked for': '所请求的内容',

  // Headers and files.
  'A header in the shape of CometBFT; it commits to the state before its own block':
    'CometBFT 形式的区块头；承诺的是本块之前的状态',
  'An instant: seconds since 1970 and nanoseconds': '时刻：自 1970 年起的秒数与纳秒',
  Nanoseconds: '纳秒',
  'The signatures that make a header one of the chain': '使区块头成立的签名',
  '1 absent, 2 for the block, 3 for none': '1 缺席，2 赞成此块，3 不赞成任何块',
  'A header with its signatures and the validators that gave them': '区块头、签名与签名的验证人',
  'The genesis file; the SHA-256 of its bytes is the chain': '创世文件；其字节的 SHA-256 即链的编号',
  'The Application’s own section': '应用自己的部分',
  'Who signs blocks': '签署区块者',
  'What a node vouches for, signed with its key': '节点以其密钥作的见证',
  'Hash of the header': '区块头的哈希',
  'Proves a receipt offline, with nothing but the genesis file beside it': '仅凭创世文件即可离线证明一份回执',
  'As it was signed': '与签名时一致',
  'Siblings from the leaf up': '自叶向上的兄弟哈希',
  'Proves a row of the state, or that there is none': '证明一条记录或其不存在',
  'Absent where there is no such row': '没有此记录时不出现',
  'The log of receipts, as the header commits to it': '区块头所承诺的回执日志',
  'How many transactions': '交易数',
  'One that the viewer may not see': '阁下无权查阅的一项',
  'An act as it was signed': '签名的业务',
  'Other bytes, in base64': '其他字节，base64',
}

/** The same document with `x-description-zh` beside each description that has none. */
export function inBothLanguages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inBothLanguages)
  if (typeof value !== 'object' || value === null) return value
  const part = value as { readonly [name: string]: unknown }
  const { description } = part
  const chinese = typeof description === 'string' ? (part['x-description-zh'] ?? CHINESE[description]) : undefined
  const entries = Object.entries(part).map(([name, inner]) => [name, inBothLanguages(inner)])
  return { ...Object.fromEntries(entries), ...(chinese === undefined ? {} : { 'x-description-zh': chinese }) }
}
