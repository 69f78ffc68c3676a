import { type Form, always, anyObject, count, either, hex, id, instant, list, named, object, text } from './forms.ts'

const optionalHex = (bytes: number): Form => ({ type: 'string', pattern: `^([0-9a-f]{${2 * bytes}})?$` })

const time = object(
  { n: count('Nanoseconds'), s: { type: 'integer' } },
  'An instant: seconds since 1970 and nanoseconds',
)
const blockId = object({ hash: optionalHex(32), parts: object({ hash: optionalHex(32), total: count() }) })

/** What blocks, headers and the files made of them look like; the byte layouts are those of `/spec`. */
export const fileSchemas: { readonly [name: string]: Form } = {
  Header: object(
    {
      appHash: hex(32),
      chainId: text(),
      consensusHash: hex(32),
      dataHash: hex(32),
      evidenceHash: hex(32),
      height: count('', 1),
      lastBlockId: blockId,
      lastCommitHash: hex(32),
      lastResultsHash: hex(32),
      nextValidatorsHash: hex(32),
      proposerAddress: hex(20),
      time,
      validatorsHash: hex(32),
      version: object({ app: count(), block: count() }),
    },
    'A header in the shape of CometBFT; it commits to the state before its own block',
  ),
  Commit: object(
    {
      blockId,
      height: count(),
      round: count(),
      signatures: list(
        object({
          flag: { type: 'integer', minimum: 1, maximum: 3, description: '1 absent, 2 for the block, 3 for none' },
          signature: optionalHex(64),
          time,
          validatorAddress: optionalHex(20),
        }),
      ),
    },
    'The signatures that make a header one of the chain',
  ),
  LightBlock: object(
    {
      commit: named('Commit'),
      header: named('Header'),
      validators: list(object({ power: count('', 1), publicKey: hex(32) })),
    },
    'A header with its signatures and the validators that gave them',
  ),
  Genesis: object(
    {
      app: object({ name: id(), state: anyObject('The Application’s own section'), version: count('', 1) }),
      domain: id(),
      'follows?': object({ appHash: hex(32), block: hex(32), chain: hex(32), height: count('', 1) }),
      name: text(),
      time: instant(),
      v: always(1),
      validators: list(
        object({ controller: text(), key: hex(32), name: text(), org: id(), power: count('', 1) }),
        'Who signs blocks',
      ),
    },
    'The genesis file; the SHA-256 of its bytes is the chain',
  ),
  Checkpoint: object(
    {
      appHash: hex(32),
      block: hex(32, 'Hash of the header'),
      chain: hex(32),
      height: count('', 1),
      node: hex(32),
      signature: hex(64),
      v: always(1),
    },
    'What a node vouches for, signed with its key',
  ),
  ReceiptProof: object(
    {
      'act?': object({
        body: anyObject('As it was signed'),
        key: object({ publicKey: text(), scheme: { type: 'string', enum: ['sm2', 'ed25519'] } }),
        sig: hex(64),
      }),
      chain: hex(32),
      commit: named('Commit'),
      events: list(named('Event')),
      header: named('Header'),
      kind: always('dujiang-receipt'),
      path: list(hex(32), 'Siblings from the leaf up'),
      receipt: named('Receipt'),
      receipts: named('LogHead'),
      stateRoot: hex(32),
      'trust?': list(named('LightBlock')),
      v: always(1),
    },
    'Proves a receipt offline, with nothing but the genesis file beside it',
  ),
  StateProof: object(
    {
      chain: hex(32),
      commit: named('Commit'),
      header: named('Header'),
      key: text(),
      kind: always('dujiang-state'),
      path: object({ 'other?': object({ keyHash: hex(32), valueHash: hex(32) }), siblings: list(hex(32)) }),
      receipts: named('LogHead'),
      state: object({ count: count(), root: hex(32) }),
      'trust?': list(named('LightBlock')),
      v: always(1),
      'value?': { description: 'Absent where there is no such row' },
    },
    'Proves a row of the state, or that there is none',
  ),
  LogHead: object({ root: hex(32), size: count() }, 'The log of receipts, as the header commits to it'),
  BlockSummary: object({ header: named('Header'), txs: count('How many transactions') }),
  Block: object({
    height: count('The newest height'),
    header: named('Header'),
    commit: named('Commit'),
    txs: list(
      either(
        object({ withheld: always(true), hash: hex(32) }, 'One that the viewer may not see'),
        anyObject('An act as it was signed'),
        text('Other bytes, in base64'),
      ),
    ),
  }),
}
