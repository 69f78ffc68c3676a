/** Consensus parameters a header commits to: a block's size in bytes, and no limit on gas. */
export const BLOCK_BYTES_MAX = 4 * 1024 * 1024
export const BLOCK_GAS_MAX = -1

/** The version of the rules of the state, in every header; code that changes decisions raises it. */
export const APP_VERSION = 1
