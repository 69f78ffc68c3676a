import { nodeCrypto } from '@dujiang/crypto/node'
import { afterMs, type Header, type LightBlock, type LightLimits } from '../../../src/comet/index.ts'
import {
  DAY_MS,
  DRIFT_MS,
  both,
  chain,
  far,
  flipped,
  limits,
  limitsAt,
  nanosAfter,
  next,
  signedAgain,
  trusted,
  vectors,
  withHeader,
} from './asking.ts'

both('as it is', undefined, (block) => block)

// Every field of a header: no longer the one that was signed.
const header: [string, (header: Header) => Partial<Header>][] = [
  ['version', ({ version }) => ({ version: { ...version, app: 2 } })],
  ['height', ({ height }) => ({ height: height + 1 })],
  ['time, seconds', ({ time }) => ({ time: { ...time, seconds: time.seconds + 1 } })],
  ['time, nanoseconds', ({ time }) => ({ time: nanosAfter(time, 1) })],
  ['lastBlockId, hash', ({ lastBlockId }) => ({ lastBlockId: { ...lastBlockId, hash: flipped(lastBlockId.hash) } })],
  [
    'lastBlockId, parts',
    ({ lastBlockId: { hash, parts } }) => ({ lastBlockId: { hash, parts: { ...parts, total: 2 } } }),
  ],
  [
    'lastBlockId, hash of the parts',
    ({ lastBlockId: { hash, parts } }) => {
      return { lastBlockId: { hash, parts: { ...parts, hash: flipped(parts.hash) } } }
    },
  ],
  ['lastCommitHash', ({ lastCommitHash }) => ({ lastCommitHash: flipped(lastCommitHash) })],
  ['dataHash', ({ dataHash }) => ({ dataHash: flipped(dataHash) })],
  ['validatorsHash', ({ validatorsHash }) => ({ validatorsHash: flipped(validatorsHash) })],
  ['nextValidatorsHash', ({ nextValidatorsHash }) => ({ nextValidatorsHash: flipped(nextValidatorsHash) })],
  ['consensusHash', ({ consensusHash }) => ({ consensusHash: flipped(consensusHash) })],
  ['appHash', ({ appHash }) => ({ appHash: flipped(appHash) })],
  ['lastResultsHash', ({ lastResultsHash }) => ({ lastResultsHash: flipped(lastResultsHash) })],
  ['evidenceHash', ({ evidenceHash }) => ({ evidenceHash: flipped(evidenceHash) })],
  ['proposerAddress', ({ proposerAddress }) => ({ proposerAddress: flipped(proposerAddress) })],
]
for (const [field, over] of header) {
  if (field !== 'height') both(`header: ${field}`, 'commitBlockWrong', withHeader(over))
}
both(
  'header: chainId',
  'chainIdWrong',
  withHeader(() => ({ chainId: 'dujiang-other' })),
)
vectors.push({
  title: 'header: height, later',
  reason: 'commitHeightWrong',
  ask: (rules) =>
    rules.verifySkipping(nodeCrypto, trusted, withHeader(({ height }) => ({ height: height + 1 }))(far), limits)
      ?.reason,
})

// Signed for by everybody, and still no header to believe.
both(
  'another chain',
  'chainIdWrong',
  signedAgain(() => ({ chainId: 'dujiang-other' })),
)
both(
  'a block of another format',
  'headerInvalid',
  signedAgain(({ version }) => ({ version: { ...version, block: 12 } })),
)
both(
  'a hash of another length',
  'headerInvalid',
  signedAgain(() => ({ dataHash: new Uint8Array(31) })),
)
both(
  'no later than the trusted header',
  'timeNotLater',
  signedAgain(() => ({ time: trusted.header.time })),
)
both(
  'later by a nanosecond',
  undefined,
  signedAgain(() => ({ time: nanosAfter(trusted.header.time, 1) })),
)
both(
  'validators it does not name',
  'validatorsHashWrong',
  signedAgain(({ validatorsHash }) => ({ validatorsHash: flipped(validatorsHash) })),
)

// The heights.
for (const [title, block] of [
  ['the trusted header itself', trusted],
  ['the header before', chain.at(2)],
] as const) {
  vectors.push({
    title,
    reason: 'heightNotHigher',
    ask: (rules) => rules.verifySkipping(nodeCrypto, trusted, block, limits)?.reason,
  })
}
for (const [title, block] of [
  ['the trusted header itself as next', trusted],
  ['the one after the next', chain.at(5)],
] as const) {
  vectors.push({
    title,
    reason: 'heightNotNext',
    ask: (rules) => rules.verifyAdjacent(nodeCrypto, trusted.header, block, limits)?.reason,
  })
}

// The clock, to the nanosecond.
const end = afterMs(trusted.header.time, DAY_MS)
both('at the end of the trusting period', 'trustExpired', (block) => block, limitsAt(end))
both('just inside the trusting period', undefined, (block) => block, limitsAt(nanosAfter(end, -1)))
const early = (block: LightBlock, nanos: number): LightLimits =>
  limitsAt(nanosAfter({ ...block.header.time, seconds: block.header.time.seconds - DRIFT_MS / 1_000 }, nanos))
vectors.push(
  {
    title: 'ahead of the clock by the drift, next',
    reason: 'timeInFuture',
    ask: (rules) => rules.verifyAdjacent(nodeCrypto, trusted.header, next, early(next, 0))?.reason,
  },
  {
    title: 'ahead by less than the drift, next',
    reason: undefined,
    ask: (rules) => rules.verifyAdjacent(nodeCrypto, trusted.header, next, early(next, 1))?.reason,
  },
  {
    title: 'ahead of the clock by the drift, later',
    reason: 'timeInFuture',
    ask: (rules) => rules.verifySkipping(nodeCrypto, trusted, far, early(far, 0))?.reason,
  },
  {
    title: 'ahead by less than the drift, later',
    reason: undefined,
    ask: (rules) => rules.verifySkipping(nodeCrypto, trusted, far, early(far, 1))?.reason,
  },
)
