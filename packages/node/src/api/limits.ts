import { TX_BYTES_MAX } from '@dujiang/chain'

/** What one API takes from its callers. */
export interface ApiLimits {
  readonly actBytesMax: number
  readonly bulkBytesMax: number
  readonly bulkRowsMax: number
  /** Of single acts, and of bulk bodies, that have arrived and are not yet answered. */
  readonly actRoomBytesMax: number
  readonly bulkRoomBytesMax: number
  /** Bulk requests at once, and of one address. */
  readonly bulksMax: number
  readonly bulksPerAddressMax: number
  /** Bodies of one address that have begun to arrive and not ended. */
  readonly arrivingPerAddressMax: number
  readonly connectionsMax: number
  readonly connectionsPerAddressMax: number
  readonly streamsMax: number
  /** Of these, kept for organisations that sign their query. */
  readonly streamsSignedMin: number
  readonly streamsPerAddressMax: number
  /** Bytes of blocks that one page may look at: it ends after the block that reaches them. */
  readonly pageBlockBytesMax: number
  /** Blocks that one page of receipts may read for the sake of who may see them: it ends before the next one. */
  readonly pageBlocksMax: number
  /** Single acts that may wait for their block or proof at the same time. */
  readonly waitingMax: number
  readonly headerBytesMax: number
  /** A request whose headers and body have not arrived by then is cut off. */
  readonly requestTimeoutMs: number
  readonly keepAliveMs: number
  /** Whoever still sends its request is waited for so long when the API closes. */
  readonly closingMs: number
  /** How long `wait=provable` waits after the commit before it answers with the receipt alone. */
  readonly proofWaitMs: number
  readonly heartbeatMs: number
  /** A stream whose reader takes in nothing for so long is ended. */
  readonly slowReaderMs: number
  /** A signed query may be this far from the node's clock, either way. */
  readonly queryAgeMs: number
}

export const defaultLimits: ApiLimits = {
  actBytesMax: TX_BYTES_MAX,
  bulkBytesMax: 32 * 1024 * 1024,
  bulkRowsMax: 10_000,
  actRoomBytesMax: 64 * 1024 * 1024,
  bulkRoomBytesMax: 256 * 1024 * 1024,
  bulksMax: 64,
  bulksPerAddressMax: 16,
  arrivingPerAddressMax: 256,
  connectionsMax: 2_048,
  connectionsPerAddressMax: 512,
  streamsMax: 256,
  streamsSignedMin: 64,
  streamsPerAddressMax: 16,
  pageBlockBytesMax: 16 * 1024 * 1024,
  pageBlocksMax: 64,
  waitingMax: 20_000,
  headerBytesMax: 8_192,
  requestTimeoutMs: 30_000,
  keepAliveMs: 30_000,
  closingMs: 5_000,
  proofWaitMs: 30_000,
  heartbeatMs: 15_000,
  slowReaderMs: 30_000,
  queryAgeMs: 60_000,
}
