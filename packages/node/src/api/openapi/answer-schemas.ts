import {
  type Form,
  always,
  anyObject,
  count,
  either,
  flag,
  hex,
  id,
  instant,
  list,
  named,
  object,
  oneOf,
  text,
} from './forms.ts'

const sentence = {
  zh: text('What people read, in Chinese'),
  en: text('The same in English'),
  retry: flag('Can the same wish succeed later?'),
}
const refusal = object({ name: id(), facts: anyObject('What the sentence is made of') })
const failure = object(
  {
    code: count('Permanent number'),
    name: text('Permanent name'),
    facts: anyObject('What the sentence is made of'),
    ...sentence,
  },
  'Compare code or name, never the sentences; x-problems lists them',
)
const committed = {
  state: oneOf('committed', 'provable'),
  id: hex(32),
  receipt: named('Receipt'),
  events: list(named('Event')),
  'sentence?': named('Sentence'),
}
const accepted = { state: always('accepted'), id: hex(32), intake: named('Intake') }
const height = count('The height it was read at')
const more = flag('Is there a further page?')
const row = { key: text(), value: { description: 'Of the form its table has' } }
const bulkRow = { row: count('Its place in the request, from 0') }

/** What answers look like, by the name the routes call them by. */
export const answerSchemas: { readonly [name: string]: Form } = {
  Problem: object({ error: failure, 'id?': hex(32, 'The act’s id, when the bytes sent have one') }),
  Sentence: object(sentence, 'Why an act was declined'),
  Event: object({ name: id(), data: anyObject('Of the form the event has') }),
  Receipt: object(
    {
      act: id('The act, or the name of what fell due'),
      code: count('0 accepted, else the permanent number of the refusal'),
      events: hex(32, 'SHA-256 of the canonical JSON of the events'),
      height: count('', 1),
      id: hex(32),
      index: count('Place in the log of receipts'),
      kind: oneOf('act', 'due'),
      'org?': id(),
      'refusal?': refusal,
      time: instant('Block time, UTC milliseconds'),
      v: always(1),
    },
    'What the ledger decided; as it was hashed',
  ),
  Committed: object(
    {
      ...committed,
      'repeated?': flag('It had been executed before: this is its first receipt'),
      'proof?': named('ReceiptProof'),
    },
    'An act on record. receipt.code 0 means accepted; otherwise the sentence says why it was declined',
  ),
  Withheld: object(
    { index: count(), height: count('', 1), time: instant(), withheld: always(true) },
    'A receipt of which the viewer may know no more',
  ),
  Listed: either(named('Committed'), named('Withheld')),
  ReceiptPage: object({
    height,
    receipts: list(named('Listed')),
    next: { type: 'integer', minimum: -1, description: 'The `after` of the next page' },
    more,
  }),
  StoredReceipt: object({ height, ...committed }),
  Intake: object(
    {
      id: hex(32),
      chain: hex(32),
      height: count('The last height committed when it was taken in; of an act executed before, its block'),
      withinSeconds: count('In a block or expired so much later, in block time'),
      'mayNotCount?': always(true),
      node: hex(32),
      signature: hex(64, 'Ed25519 over "dujiang/intake/1\\n" and the canonical JSON of the other fields'),
    },
    'A node’s signed promise to bring an act into a block',
  ),
  Accepted: object(accepted, 'Taken in, and not yet in a block'),
  BulkRow: either(
    object({ ...bulkRow, ...committed, 'repeated?': flag() }),
    object({ ...bulkRow, ...accepted }),
    object(
      {
        ...bulkRow,
        state: always('notTaken'),
        status: count('As if it had been sent alone'),
        error: failure,
        'id?': hex(32),
      },
      'Not taken: no receipt and no trace',
    ),
  ),
  Tried: either(
    object(
      {
        state: always('wouldAccept'),
        height,
        time: instant('The block time it was tried at'),
        events: list(named('Event')),
      },
      'It would be accepted now, with these events',
    ),
    object(
      {
        state: always('wouldRefuse'),
        height,
        time: instant(),
        code: count('', 1),
        refusal,
        'sentence?': named('Sentence'),
      },
      'It would be declined now, and be on record with this refusal',
    ),
  ),
  Status: object({
    chain: hex(32, 'SHA-256 of the genesis file'),
    domain: id(),
    name: text('The ledger’s name'),
    'demo?': { ...always(true), description: 'Nothing here is in earnest: everybody may have the keys of its members' },
    height: count(),
    timeMs: instant('Time of the last block'),
    appHash: hex(32),
    receipts: count('Receipts in the log'),
    firstReceipt: count('Index of the first that this node holds'),
    provable: count('Receipts below this index are provable'),
    pending: count('Taken in and not yet in a block'),
    'failure?': text('Why the node takes part no longer'),
    'archive?': object({ behind: count('Blocks not in the archive yet'), 'trouble?': text() }),
    'olderCopy?': object({ endedAtHeight: count(), signedHeight: count() }),
    'stalled?': text('Why it makes no blocks for now'),
    'projections?': named('Lag'),
  }),
  Lag: object(
    {
      receipts: count(),
      lag: count('Receipts behind'),
      lagMs: count(),
      'trouble?': text('Why they do not go on for now'),
    },
    'How far lists are behind the ledger',
  ),
  Health: object({
    live: always(true),
    ready: flag(),
    height: count(),
    'stalled?': text(),
    'projections?': named('Lag'),
    'webhooks?': named('WebhookHealth'),
  }),
  Nodes: object({
    nodes: list(
      object({
        org: id(),
        name: text(),
        role: oneOf('validator', 'full'),
        api: text('Address of its interface'),
        here: flag('Is it the one that answers?'),
      }),
    ),
  }),
  WebhookHealth: object({
    subscriptions: count(),
    failing: count('Those whose last delivery failed'),
    behind: count('Receipts the slowest has not been given'),
  }),
  Catalogue: object({
    acts: list(
      object({
        name: id(),
        version: count('', 1),
        title: object({ zh: text(), en: text() }),
        jsonSchema: anyObject('Of the payload: JSON Schema 2020-12'),
        stage: oneOf('registry', 'session'),
        roles: list(text()),
        restricted: flag('Is it shown to its readers alone for some time?'),
      }),
    ),
  }),
  OpenApi: anyObject('OpenAPI 3.1'),
  BlockPage: object({ height, blocks: list(named('BlockSummary')), next: count(), more }),
  Row: object({ height, ...row }),
  RowPage: object({ height, rows: list(object(row)), 'next?': text('The `after` of the next page'), more }),
  Seen: object({ ids: list(hex(32), 'In the order of execution'), proof: named('StateProof') }),
  Delivery: object(
    {
      subscription: id(),
      chain: hex(32),
      height: count('The newest height'),
      after: { type: 'integer', minimum: -1, description: 'The index before the first that may stand in it' },
      next: count('The index of the last that was looked at: the `after` of the next delivery'),
      receipts: list(named('Listed')),
    },
    'What a webhook is sent: receipts in the order of the log, as the subscriber may see them',
  ),
}
