// Made by `npm run client-types` from /openapi.json; do not edit.

import type { Json } from '@dujiang/core/codec'

/** Canonical JSON (RFC 8785): exactly these bytes are signed and stored */
export type SignedAct = {
  readonly body: {
    readonly act: string
    /** SHA-256 of the genesis file */
    readonly chain: string
    readonly domain: string
    /** At most seven days ahead; executed in a block of an earlier time only; ms */
    readonly expires: number
    /** Name of the key: the first 16 bytes of SHA-256("dujiang/key/1:" ‖ scheme ‖ ":" ‖ public key) */
    readonly key: string
    /** Who asks */
    readonly org: string
    readonly payload: { readonly [field: string]: Json }
    /** The client’s own; random, so that nobody can guess the id */
    readonly ref: string
    /** Above the last one of the same unit and stream */
    readonly sequence: number
    readonly v: number
  }
  /** Over "dujiang/act/1\n" and the bytes of the body */
  readonly sig: string
}

/** An act as it would be sent; without `sig`, and then also without what a signature would cover alone */
export type TriedAct = {
  readonly body: {
    readonly act: string
    /** SHA-256 of the genesis file */
    readonly chain?: string
    readonly domain?: string
    /** At most seven days ahead; executed in a block of an earlier time only; ms */
    readonly expires?: number
    /** Name of the key: the first 16 bytes of SHA-256("dujiang/key/1:" ‖ scheme ‖ ":" ‖ public key) */
    readonly key: string
    /** Who asks */
    readonly org: string
    readonly payload: { readonly [field: string]: Json }
    /** The client’s own; random, so that nobody can guess the id */
    readonly ref?: string
    /** Above the last one of the same unit and stream */
    readonly sequence?: number
    readonly v: number
  }
  readonly sig?: string
}

export type Problem = {
  /** Compare code or name, never the sentences; x-problems lists them */
  readonly error: {
    /** Permanent number */
    readonly code: number
    /** Permanent name */
    readonly name: string
    /** What the sentence is made of */
    readonly facts: { readonly [field: string]: Json }
    /** What people read, in Chinese */
    readonly zh: string
    /** The same in English */
    readonly en: string
    /** Can the same wish succeed later? */
    readonly retry: boolean
  }
  /** The act’s id, when the bytes sent have one */
  readonly id?: string
}

/** Why an act was declined */
export type Sentence = {
  /** What people read, in Chinese */
  readonly zh: string
  /** The same in English */
  readonly en: string
  /** Can the same wish succeed later? */
  readonly retry: boolean
}

export type Event = {
  readonly name: string
  /** Of the form the event has */
  readonly data: { readonly [field: string]: Json }
}

/** What the ledger decided; as it was hashed */
export type Receipt = {
  /** The act, or the name of what fell due */
  readonly act: string
  /** 0 accepted, else the permanent number of the refusal */
  readonly code: number
  /** SHA-256 of the canonical JSON of the events */
  readonly events: string
  readonly height: number
  readonly id: string
  /** Place in the log of receipts */
  readonly index: number
  readonly kind: 'act' | 'due'
  readonly org?: string
  readonly refusal?: {
    readonly name: string
    /** What the sentence is made of */
    readonly facts: { readonly [field: string]: Json }
  }
  /** Block time, UTC milliseconds; ms */
  readonly time: number
  readonly v: 1
}

/** An act on record. receipt.code 0 means accepted; otherwise the sentence says why it was declined */
export type Committed = {
  readonly state: 'committed' | 'provable'
  readonly id: string
  readonly receipt: Receipt
  readonly events: readonly Event[]
  readonly sentence?: Sentence
  /** It had been executed before: this is its first receipt */
  readonly repeated?: boolean
  readonly proof?: ReceiptProof
}

/** A receipt of which the viewer may know no more */
export type Withheld = {
  readonly index: number
  readonly height: number
  /** UTC milliseconds; ms */
  readonly time: number
  readonly withheld: true
}

export type Listed = Committed | Withheld

export type ReceiptPage = {
  /** The height it was read at */
  readonly height: number
  readonly receipts: readonly Listed[]
  /** The `after` of the next page */
  readonly next: number
  /** Is there a further page? */
  readonly more: boolean
}

export type StoredReceipt = {
  /** The height it was read at */
  readonly height: number
  readonly state: 'committed' | 'provable'
  readonly id: string
  readonly receipt: Receipt
  readonly events: readonly Event[]
  readonly sentence?: Sentence
}

/** A node’s signed promise to bring an act into a block */
export type Intake = {
  readonly id: string
  readonly chain: string
  /** The last height committed when it was taken in; of an act executed before, its block */
  readonly height: number
  /** In a block or expired so much later, in block time */
  readonly withinSeconds: number
  readonly mayNotCount?: true
  readonly node: string
  /** Ed25519 over "dujiang/intake/1\n" and the canonical JSON of the other fields */
  readonly signature: string
}

/** Taken in, and not yet in a block */
export type Accepted = {
  readonly state: 'accepted'
  readonly id: string
  readonly intake: Intake
}

export type BulkRow = {
  /** Its place in the request, from 0 */
  readonly row: number
  readonly state: 'committed' | 'provable'
  readonly id: string
  readonly receipt: Receipt
  readonly events: readonly Event[]
  readonly sentence?: Sentence
  readonly repeated?: boolean
} | {
  /** Its place in the request, from 0 */
  readonly row: number
  readonly state: 'accepted'
  readonly id: string
  readonly intake: Intake
} | {
  /** Its place in the request, from 0 */
  readonly row: number
  readonly state: 'notTaken'
  /** As if it had been sent alone */
  readonly status: number
  /** Compare code or name, never the sentences; x-problems lists them */
  readonly error: {
    /** Permanent number */
    readonly code: number
    /** Permanent name */
    readonly name: string
    /** What the sentence is made of */
    readonly facts: { readonly [field: string]: Json }
    /** What people read, in Chinese */
    readonly zh: string
    /** The same in English */
    readonly en: string
    /** Can the same wish succeed later? */
    readonly retry: boolean
  }
  readonly id?: string
}

export type Tried = {
  readonly state: 'wouldAccept'
  /** The height it was read at */
  readonly height: number
  /** The block time it was tried at; ms */
  readonly time: number
  readonly events: readonly Event[]
} | {
  readonly state: 'wouldRefuse'
  /** The height it was read at */
  readonly height: number
  /** UTC milliseconds; ms */
  readonly time: number
  readonly code: number
  readonly refusal: {
    readonly name: string
    /** What the sentence is made of */
    readonly facts: { readonly [field: string]: Json }
  }
  readonly sentence?: Sentence
}

export type Status = {
  /** SHA-256 of the genesis file */
  readonly chain: string
  readonly domain: string
  /** The ledger’s name */
  readonly name: string
  /** Nothing here is in earnest: everybody may have the keys of its members */
  readonly demo?: true
  readonly height: number
  /** Time of the last block; ms */
  readonly timeMs: number
  readonly appHash: string
  /** Receipts in the log */
  readonly receipts: number
  /** Index of the first that this node holds */
  readonly firstReceipt: number
  /** Receipts below this index are provable */
  readonly provable: number
  /** Taken in and not yet in a block */
  readonly pending: number
  /** Why the node takes part no longer */
  readonly failure?: string
  readonly archive?: {
    /** Blocks not in the archive yet */
    readonly behind: number
    readonly trouble?: string
  }
  readonly olderCopy?: {
    readonly endedAtHeight: number
    readonly signedHeight: number
  }
  /** Why it makes no blocks for now */
  readonly stalled?: string
  readonly projections?: Lag
}

/** How far lists are behind the ledger */
export type Lag = {
  readonly receipts: number
  /** Receipts behind */
  readonly lag: number
  readonly lagMs: number
  /** Why they do not go on for now */
  readonly trouble?: string
}

export type Health = {
  readonly live: true
  readonly ready: boolean
  readonly height: number
  readonly stalled?: string
  readonly projections?: Lag
  readonly webhooks?: WebhookHealth
}

export type Nodes = {
  readonly nodes: readonly ({
    readonly org: string
    readonly name: string
    readonly role: 'validator' | 'full'
    /** Address of its interface */
    readonly api: string
    /** Is it the one that answers? */
    readonly here: boolean
  })[]
}

export type WebhookHealth = {
  readonly subscriptions: number
  /** Those whose last delivery failed */
  readonly failing: number
  /** Receipts the slowest has not been given */
  readonly behind: number
}

export type Catalogue = {
  readonly acts: readonly ({
    readonly name: string
    readonly version: number
    readonly title: {
      readonly zh: string
      readonly en: string
    }
    /** Of the payload: JSON Schema 2020-12 */
    readonly jsonSchema: { readonly [field: string]: Json }
    readonly stage: 'registry' | 'session'
    readonly roles: readonly string[]
    /** Is it shown to its readers alone for some time? */
    readonly restricted: boolean
  })[]
}

/** OpenAPI 3.1 */
export type OpenApi = { readonly [field: string]: Json }

export type BlockPage = {
  /** The height it was read at */
  readonly height: number
  readonly blocks: readonly BlockSummary[]
  readonly next: number
  /** Is there a further page? */
  readonly more: boolean
}

export type Row = {
  /** The height it was read at */
  readonly height: number
  readonly key: string
  /** Of the form its table has */
  readonly value: Json
}

export type RowPage = {
  /** The height it was read at */
  readonly height: number
  readonly rows: readonly ({
    readonly key: string
    /** Of the form its table has */
    readonly value: Json
  })[]
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type Seen = {
  /** In the order of execution */
  readonly ids: readonly string[]
  readonly proof: StateProof
}

/** What a webhook is sent: receipts in the order of the log, as the subscriber may see them */
export type Delivery = {
  readonly subscription: string
  readonly chain: string
  /** The newest height */
  readonly height: number
  /** The index before the first that may stand in it */
  readonly after: number
  /** The index of the last that was looked at: the `after` of the next delivery */
  readonly next: number
  readonly receipts: readonly Listed[]
}

/** A header in the shape of CometBFT; it commits to the state before its own block */
export type Header = {
  readonly appHash: string
  readonly chainId: string
  readonly consensusHash: string
  readonly dataHash: string
  readonly evidenceHash: string
  readonly height: number
  readonly lastBlockId: {
    readonly hash: string
    readonly parts: {
      readonly hash: string
      readonly total: number
    }
  }
  readonly lastCommitHash: string
  readonly lastResultsHash: string
  readonly nextValidatorsHash: string
  readonly proposerAddress: string
  /** An instant: seconds since 1970 and nanoseconds */
  readonly time: {
    /** Nanoseconds */
    readonly n: number
    readonly s: number
  }
  readonly validatorsHash: string
  readonly version: {
    readonly app: number
    readonly block: number
  }
}

/** The signatures that make a header one of the chain */
export type Commit = {
  readonly blockId: {
    readonly hash: string
    readonly parts: {
      readonly hash: string
      readonly total: number
    }
  }
  readonly height: number
  readonly round: number
  readonly signatures: readonly ({
    /** 1 absent, 2 for the block, 3 for none */
    readonly flag: number
    readonly signature: string
    /** An instant: seconds since 1970 and nanoseconds */
    readonly time: {
      /** Nanoseconds */
      readonly n: number
      readonly s: number
    }
    readonly validatorAddress: string
  })[]
}

/** A header with its signatures and the validators that gave them */
export type LightBlock = {
  readonly commit: Commit
  readonly header: Header
  readonly validators: readonly ({
    readonly power: number
    readonly publicKey: string
  })[]
}

/** The genesis file; the SHA-256 of its bytes is the chain */
export type Genesis = {
  readonly app: {
    readonly name: string
    /** The Application’s own section */
    readonly state: { readonly [field: string]: Json }
    readonly version: number
  }
  readonly domain: string
  readonly follows?: {
    readonly appHash: string
    readonly block: string
    readonly chain: string
    readonly height: number
  }
  readonly name: string
  /** UTC milliseconds; ms */
  readonly time: number
  readonly v: 1
  /** Who signs blocks */
  readonly validators: readonly ({
    readonly controller: string
    readonly key: string
    readonly name: string
    readonly org: string
    readonly power: number
  })[]
}

/** What a node vouches for, signed with its key */
export type Checkpoint = {
  readonly appHash: string
  /** Hash of the header */
  readonly block: string
  readonly chain: string
  readonly height: number
  readonly node: string
  readonly signature: string
  readonly v: 1
}

/** Proves a receipt offline, with nothing but the genesis file beside it */
export type ReceiptProof = {
  readonly act?: {
    /** As it was signed */
    readonly body: { readonly [field: string]: Json }
    readonly key: {
      readonly publicKey: string
      readonly scheme: 'sm2' | 'ed25519'
    }
    readonly sig: string
  }
  readonly chain: string
  readonly commit: Commit
  readonly events: readonly Event[]
  readonly header: Header
  readonly kind: 'dujiang-receipt'
  /** Siblings from the leaf up */
  readonly path: readonly string[]
  readonly receipt: Receipt
  readonly receipts: LogHead
  readonly stateRoot: string
  readonly trust?: readonly LightBlock[]
  readonly v: 1
}

/** Proves a row of the state, or that there is none */
export type StateProof = {
  readonly chain: string
  readonly commit: Commit
  readonly header: Header
  readonly key: string
  readonly kind: 'dujiang-state'
  readonly path: {
    readonly other?: {
      readonly keyHash: string
      readonly valueHash: string
    }
    readonly siblings: readonly string[]
  }
  readonly receipts: LogHead
  readonly state: {
    readonly count: number
    readonly root: string
  }
  readonly trust?: readonly LightBlock[]
  readonly v: 1
  /** Absent where there is no such row */
  readonly value?: Json
}

/** The log of receipts, as the header commits to it */
export type LogHead = {
  readonly root: string
  readonly size: number
}

export type BlockSummary = {
  readonly header: Header
  /** How many transactions */
  readonly txs: number
}

export type Block = {
  /** The newest height */
  readonly height: number
  readonly header: Header
  readonly commit: Commit
  readonly txs: readonly ({
    readonly withheld: true
    readonly hash: string
  } | { readonly [field: string]: Json } | string)[]
}

export type ListReceipts = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly Committed[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListBlocks = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly ListBlocksRow[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListBlocksRow = {
  /** Height */
  readonly height: number
  /** Block time, UTC milliseconds */
  readonly time?: number
  /** Index of its first receipt */
  readonly firstIndex?: number
  /** How many receipts */
  readonly receipts?: number
}

export type ListSessions = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly ListSessionsRow[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListSessionsRow = {
  /** Session */
  readonly session: string
  /** Trading sequence */
  readonly sequence?: string
  /** Name of the notice */
  readonly name?: string
  /** Product */
  readonly product?: string
  /** First day of delivery */
  readonly deliveryFrom?: string
  /** Last day of delivery */
  readonly deliveryTo?: string
  /** Number of periods */
  readonly periods?: number
  /** Lower price limit, milli-fen/MWh */
  readonly priceFloor?: number
  /** Upper price limit, milli-fen/MWh */
  readonly priceCap?: number
  /** Opens at, UTC milliseconds */
  readonly opensMs?: number
  /** Gate, UTC milliseconds */
  readonly gateMs?: number
  /** The gate first announced, where it moved */
  readonly announcedGateMs?: number
  /** How far it has come */
  readonly status?: string
  /** Organiser */
  readonly org?: string
  /** Digest of the result */
  readonly result?: string
  /** yes once it has come to a result */
  readonly cleared?: string
  /** Volume cleared, Wh */
  readonly volumeWh?: number
  /** Average price weighted by volume, milli-fen/MWh */
  readonly averagePrice?: number
  /** Orders that stood at the gate */
  readonly orders?: number
  /** Units that had submitted */
  readonly units?: number
  /** Number of the bulletin */
  readonly bulletin?: string
  /** When it was published, UTC milliseconds */
  readonly publishedMs?: number
}

export type ListPeriods = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly ListPeriodsRow[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListPeriodsRow = {
  /** Session */
  readonly session: string
  /** Period */
  readonly period: number
  /** Clearing price, milli-fen/MWh */
  readonly price?: number
  /** Volume, Wh */
  readonly volumeWh?: number
  /** Lower end of the equilibrium interval */
  readonly intervalLow?: number
  /** Upper end of the equilibrium interval */
  readonly intervalHigh?: number
  /** Price of the sellers' marginal tier */
  readonly supplyPrice?: number
  /** Price of the buyers' marginal tier */
  readonly demandPrice?: number
}

export type ListOrders = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly ListOrdersRow[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListOrdersRow = {
  /** Id of the order */
  readonly order: string
  /** Index of its receipt */
  readonly index?: number
  /** Time of its block, UTC milliseconds */
  readonly time?: number
  /** Session */
  readonly session?: string
  /** Trading unit */
  readonly unit?: string
  /** Organisation */
  readonly org?: string
  /** Sell or buy */
  readonly side?: string
  /** live, replaced, cancelled, declined or voided */
  readonly status?: string
  /** Steps over all periods */
  readonly steps?: number
  /** Volume offered, Wh; of orders that were taken */
  readonly volumeWh?: number
  /** The order whose place it took */
  readonly replaces?: string
  /** The act that ended it */
  readonly endedBy?: string
  /** When it ended, UTC milliseconds */
  readonly endedMs?: number
  /** Code of the decision, 0 for accepted */
  readonly code?: number
  /** Name of the refusal */
  readonly refusal?: string
  /** What was asked for */
  readonly payload?: { readonly [field: string]: Json }
}

export type ListTrades = {
  /** The height it was judged at who may see what */
  readonly height: number
  /** Index of the first receipt that was not in the lists yet */
  readonly upTo: number
  readonly rows: readonly ListTradesRow[]
  /** Rows from the place asked on, with count=true; at most 1,000,000 are counted */
  readonly count?: number
  /** The `after` of the next page */
  readonly next?: string
  /** Is there a further page? */
  readonly more: boolean
}

export type ListTradesRow = {
  /** Session */
  readonly session: string
  /** Period */
  readonly period: number
  /** Trading unit */
  readonly unit: string
  /** Id of the order */
  readonly order: string
  /** Organisation */
  readonly org?: string
  /** Sell or buy */
  readonly side?: string
  /** Volume awarded, Wh */
  readonly awardWh?: number
  /** A letter a step: f full, c cut, o out, - none */
  readonly verdicts?: string
}

/** The payload of each act, by its name and version. */
export type ActPayloads = {
  /** Admit an organisation */
  readonly 'members.org.admit.v1': {
    /** The organisation’s id */
    readonly org: string
    /** Name */
    readonly name: string
    /** Roles */
    readonly roles: readonly ('exchange' | 'dispatcher' | 'regulator' | 'grid' | 'generator' | 'retailer' | 'user')[]
    /** First keys */
    readonly keys: readonly ({
      /** Signature scheme */
      readonly scheme: 'sm2' | 'ed25519'
      /** Public key, hexadecimal; SM2 is 04‖x‖y */
      readonly publicKey: string
      /** Who signs with it */
      readonly person: string
      /** Valid from; ms */
      readonly fromMs: number
      /** Valid until, not included; ms */
      readonly untilMs: number
    })[]
  }
  /** Add a key */
  readonly 'members.key.add.v1': {
    /** The organisation’s id */
    readonly org: string
    readonly key: {
      /** Signature scheme */
      readonly scheme: 'sm2' | 'ed25519'
      /** Public key, hexadecimal; SM2 is 04‖x‖y */
      readonly publicKey: string
      /** Who signs with it */
      readonly person: string
      /** Valid from; ms */
      readonly fromMs: number
      /** Valid until, not included; ms */
      readonly untilMs: number
    }
  }
  /** Rotate a key */
  readonly 'members.key.rotate.v1': {
    /** Id of the key that ends */
    readonly old: string
    readonly next: {
      /** Signature scheme */
      readonly scheme: 'sm2' | 'ed25519'
      /** Public key, hexadecimal; SM2 is 04‖x‖y */
      readonly publicKey: string
      /** Who signs with it */
      readonly person: string
      /** Valid from; ms */
      readonly fromMs: number
      /** Valid until, not included; ms */
      readonly untilMs: number
    }
  }
  /** Revoke a key */
  readonly 'members.key.revoke.v1': {
    /** The organisation’s id */
    readonly org: string
    /** Id of the key */
    readonly key: string
  }
  /** Register a plant */
  readonly 'members.plant.register.v1': {
    /** Plant id */
    readonly plant: string
    /** Name */
    readonly name: string
    /** The organisation it belongs to */
    readonly org: string
    /** Fuel */
    readonly fuel: 'hydro' | 'coal' | 'gas' | 'wind' | 'solar' | 'biomass' | 'storage' | 'other'
    /** Installed capacity; W */
    readonly capacityW: number
    /** Dispatch level: national, regional, provincial, local */
    readonly dispatchLevel: 'national' | 'regional' | 'provincial' | 'local'
    /** The level is assumed, not read off a document */
    readonly levelAssumed: boolean
  }
  /** Register a trading unit */
  readonly 'members.unit.register.v1': {
    /** Trading unit id */
    readonly unit: string
    /** Name */
    readonly name: string
    /** The organisation it belongs to */
    readonly org: string
    /** Which sides it may take */
    readonly side: 'sell' | 'buy' | 'both'
    /** Its plant; a generator’s unit that may sell has one */
    readonly plant?: string
  }
  /** Propose a change of the rules */
  readonly 'rules.change.propose.v1': {
    /** Name of the rule-set */
    readonly name: string
    /** The document it rests on */
    readonly document: string
    /** In force from; ms */
    readonly fromMs: number
    readonly values: {
      /** Acts a minute, per organisation */
      readonly actsPerMinuteMax: number
      /** Live steps of a session */
      readonly liveStepsMax: number
      /** A gate moves when no block came for longer than this; 0 for never, as on one machine, else 10 s or more; ms */
      readonly gateStandstillMs: number
      /** From the first block after a standstill to the moved gate; ms */
      readonly gateExtensionMs: number
      /** Lowest price limit a notice may set; milli-fen/MWh */
      readonly priceFloor: number
      /** Highest price limit a notice may set; milli-fen/MWh */
      readonly priceCap: number
      /** Most steps a notice may allow */
      readonly stepsMax: number
      /** Price rules a notice may name */
      readonly priceRules: readonly ('last_pair_mid' | 'k' | 'interval_low' | 'interval_mid' | 'interval_high' | 'last_supply')[]
      /** Tie rules a notice may name */
      readonly tieRules: readonly ('pro_rata' | 'time')[]
    }
  }
  /** Approve a change of the rules */
  readonly 'rules.change.approve.v1': {
    /** Id of the proposing act */
    readonly proposal: string
  }
  /** Open a trading sequence */
  readonly 'auction.sequence.open.v1': {
    /** Sequence id */
    readonly sequence: string
    /** Name */
    readonly name: string
  }
  /** Announce a session */
  readonly 'auction.session.announce.v1': {
    /** Session id */
    readonly session: string
    /** Sequence id */
    readonly sequence: string
    /** Name of the notice */
    readonly name: string
    /** Product */
    readonly product: string
    /** First day of delivery */
    readonly deliveryFrom: string
    /** Last day of delivery */
    readonly deliveryTo: string
    /** Who may take part */
    readonly eligibility: string
    /** Contact */
    readonly contact: string
    /** Number of periods */
    readonly periods: number
    /** Lower price limit; milli-fen/MWh */
    readonly priceFloor: number
    /** Upper price limit; milli-fen/MWh */
    readonly priceCap: number
    /** Lot; Wh */
    readonly lotWh: number
    /** Tick; milli-fen/MWh */
    readonly tick: number
    /** Most steps in a period; 3 unless given */
    readonly stepsMax?: number
    /** Price rule */
    readonly priceRule: 'last_pair_mid' | 'k' | 'interval_low' | 'interval_mid' | 'interval_high' | 'last_supply'
    /** Weight k of price rule k; ppm */
    readonly kPpm?: number
    /** Tie rule */
    readonly tieRule: 'pro_rata' | 'time'
    /** Opens at; ms */
    readonly opensMs: number
    /** Gate; ms */
    readonly gateMs: number
    /** Remark */
    readonly remark?: string
  }
  /** Invite units to a session */
  readonly 'auction.session.invite.v1': {
    /** Session id */
    readonly session: string
    /** Units that may take part, with their limits */
    readonly units: readonly ({
      /** Trading unit id */
      readonly unit: string
      /** Limit in each period; Wh */
      readonly limitWh: readonly number[]
    })[]
  }
  /** Remind the units of a session */
  readonly 'auction.session.remind.v1': {
    /** Session id */
    readonly session: string
  }
  /** Prepare to postpone or void a session */
  readonly 'auction.change.prepare.v1': {
    /** Session id */
    readonly session: string
    /** The change of the session */
    readonly change: {
      /** The session is postponed */
      readonly kind: 'postpone'
      /** Opens at; ms */
      readonly opensMs: number
      /** Gate; ms */
      readonly gateMs: number
      /** First day of delivery */
      readonly deliveryFrom: string
      /** Last day of delivery */
      readonly deliveryTo: string
    } | {
      /** The session is void */
      readonly kind: 'void'
    }
    /** Reason */
    readonly reason: string
  }
  /** Approve that a session is postponed or void */
  readonly 'auction.change.approve.v1': {
    /** Session id */
    readonly session: string
    /** Digest of the change that is approved */
    readonly change: string
  }
  /** Submit an order */
  readonly 'auction.order.submit.v1': {
    /** Session id */
    readonly session: string
    /** Trading unit id */
    readonly unit: string
    /** Sell or buy */
    readonly side: 'sell' | 'buy'
    /** Periods, rising from 1 */
    readonly periods: readonly number[]
    /** Price of each step in each period; milli-fen/MWh */
    readonly prices: readonly (readonly number[])[]
    /** Volume of each step in each period, 0 for no such step; Wh */
    readonly volumesWh: readonly (readonly number[])[]
  }
  /** Replace an order */
  readonly 'auction.order.replace.v1': {
    /** Session id */
    readonly session: string
    /** Trading unit id */
    readonly unit: string
    /** Sell or buy */
    readonly side: 'sell' | 'buy'
    /** Periods, rising from 1 */
    readonly periods: readonly number[]
    /** Price of each step in each period; milli-fen/MWh */
    readonly prices: readonly (readonly number[])[]
    /** Volume of each step in each period, 0 for no such step; Wh */
    readonly volumesWh: readonly (readonly number[])[]
    /** Id of the order it replaces */
    readonly order: string
  }
  /** Cancel an order */
  readonly 'auction.order.cancel.v1': {
    /** Session id */
    readonly session: string
    /** Trading unit id */
    readonly unit: string
    /** Id of the order */
    readonly order: string
  }
  /** Pass the security check */
  readonly 'auction.check.pass.v1': {
    /** Session id */
    readonly session: string
    /** Digest of the result that was checked */
    readonly result: string
    /** Remark */
    readonly remark: string
  }
  /** Prepare the bulletin */
  readonly 'auction.bulletin.prepare.v1': {
    /** Session id */
    readonly session: string
    /** Digest of the result */
    readonly result: string
    /** Number of the bulletin */
    readonly number: string
    /** Text of the bulletin */
    readonly text: string
  }
  /** Approve and publish the bulletin */
  readonly 'auction.bulletin.approve.v1': {
    /** Session id */
    readonly session: string
    /** Digest of the result */
    readonly result: string
    /** Digest of the bulletin that is approved */
    readonly bulletin: string
  }
  /** Open a recorded session */
  readonly 'recorded.session.open.v1': {
    /** Recorded session id */
    readonly session: string
    /** Name */
    readonly name: string
    /** Where the figures were published */
    readonly source: string
    /** Currency */
    readonly currency: 'CNY' | 'EUR'
    /** Number of periods */
    readonly periods: number
    /** Lower price limit; milli-fen/MWh */
    readonly priceFloor: number
    /** Upper price limit; milli-fen/MWh */
    readonly priceCap: number
    /** Lot; Wh */
    readonly lotWh: number
    /** Tick; milli-fen/MWh */
    readonly tick: number
    /** Price rule */
    readonly priceRule: 'last_pair_mid' | 'k' | 'interval_low' | 'interval_mid' | 'interval_high' | 'last_supply'
    /** Weight k of price rule k; ppm */
    readonly kPpm?: number
    /** Tie rule */
    readonly tieRule: 'pro_rata' | 'time'
  }
  /** Bring a book and its published result */
  readonly 'recorded.book.bring.v1': {
    /** Recorded session id */
    readonly session: string
    /** Period */
    readonly period: number
    readonly supply: {
      /** Price of each step; 10⁻⁵/MWh */
      readonly prices: readonly number[]
      /** Volume of each step; Wh */
      readonly volumesWh: readonly number[]
      /** Volume offered without a price; Wh */
      readonly inelasticWh: number
    }
    readonly demand: {
      /** Price of each step; 10⁻⁵/MWh */
      readonly prices: readonly number[]
      /** Volume of each step; Wh */
      readonly volumesWh: readonly number[]
      /** Volume offered without a price; Wh */
      readonly inelasticWh: number
    }
    readonly published: {
      /** Published price; 10⁻⁵/MWh */
      readonly price?: number
      /** Published price of each area, where they differ */
      readonly areaPrices?: readonly ({
        /** Area */
        readonly area: string
        /** Published price; 10⁻⁵/MWh */
        readonly price: number
      })[]
      /** Published volume; Wh */
      readonly volumeWh?: number
    }
    /** Remark */
    readonly remark: string
  }
  /** State figures without a book */
  readonly 'recorded.volume.state.v1': {
    /** Recorded session id */
    readonly session: string
    /** Period */
    readonly period: number
    readonly published: {
      /** Published price; 10⁻⁵/MWh */
      readonly price?: number
      /** Published price of each area, where they differ */
      readonly areaPrices?: readonly ({
        /** Area */
        readonly area: string
        /** Published price; 10⁻⁵/MWh */
        readonly price: number
      })[]
      /** Published volume; Wh */
      readonly volumeWh?: number
    }
    /** Remark */
    readonly remark: string
  }
  /** Propose a change of the validators */
  readonly 'network.validator.propose.v1': {
    /** The change of the validators */
    readonly change: {
      /** A further validator */
      readonly kind: 'add'
      /** Ed25519 public key that signs blocks, not acts */
      readonly key: string
      /** Name of the node */
      readonly name: string
      /** The member that runs it */
      readonly org: string
      /** Ultimate controller of that member */
      readonly controller: string
      /** Voting power */
      readonly power: number
    } | {
      /** A validator leaves */
      readonly kind: 'remove'
      /** Ed25519 public key that signs blocks, not acts */
      readonly key: string
    } | {
      /** A validator’s power becomes another */
      readonly kind: 'power'
      /** Ed25519 public key that signs blocks, not acts */
      readonly key: string
      /** Voting power */
      readonly power: number
    }
  }
  /** Approve a change of the validators */
  readonly 'network.validator.approve.v1': {
    /** Id of the proposing act */
    readonly proposal: string
  }
  /** Take back an approval of a change of the validators */
  readonly 'network.validator.withdraw.v1': {
    /** Id of the proposing act */
    readonly proposal: string
  }
}

/** What each route answers with when all is well. */
export type Answers = {
  /** Send one signed act, as its canonical bytes */
  readonly 'POST /v1/acts': Committed | Accepted
  /** Every act with its JSON Schema */
  readonly 'GET /v1/acts': Catalogue
  /** Send many signed acts, one a line; answered line by line in the same order */
  readonly 'POST /v1/acts/bulk': BulkRow
  /** What would be decided about an act now; nothing changes */
  readonly 'POST /v1/acts/dry-run': Tried
  /** Receipts by index */
  readonly 'GET /v1/receipts': ReceiptPage
  /** The receipt of one act */
  readonly 'GET /v1/receipts/{id}': StoredReceipt
  /** The proof file of a receipt */
  readonly 'GET /v1/receipts/{id}/proof': ReceiptProof
  /** Headers of blocks by height */
  readonly 'GET /v1/blocks': BlockPage
  /** One block */
  readonly 'GET /v1/blocks/{height}': Block
  /** For light clients: a header with its commit and the validators that made it */
  readonly 'GET /v1/light/{height}': LightBlock
  /** The rows of a table that the viewer may see, by key */
  readonly 'GET /v1/state/{family}/{table}': RowPage
  /** One row */
  readonly 'GET /v1/state/{family}/{table}/{key}': Row
  /** The proof file of a row, or of there being none */
  readonly 'GET /v1/state-proofs/{family}/{table}/{key}': StateProof
  /** Ids of the executed acts that expire in a minute, with the proof that there are no others */
  readonly 'GET /v1/seen/{minute}': Seen
  /** Receipts */
  readonly 'GET /v1/lists/receipts': ListReceipts
  /** Blocks that recorded something */
  readonly 'GET /v1/lists/blocks': ListBlocks
  /** Sessions */
  readonly 'GET /v1/lists/sessions': ListSessions
  /** Results by period */
  readonly 'GET /v1/lists/periods': ListPeriods
  /** Orders and what became of them */
  readonly 'GET /v1/lists/orders': ListOrders
  /** Trades */
  readonly 'GET /v1/lists/trades': ListTrades
  /** The genesis file, byte for byte; its SHA-256 is the chain */
  readonly 'GET /v1/genesis': Genesis
  /** How far the ledger has come */
  readonly 'GET /v1/status': Status
  /** Is the node taking part? */
  readonly 'GET /health': Health
  /** The newest header, signed by this node as one that it has executed */
  readonly 'GET /v1/checkpoint': Checkpoint
  /** The nodes of this ledger with their addresses, as whoever runs this one names them */
  readonly 'GET /v1/nodes': Nodes
  /** This API as OpenAPI 3.1 */
  readonly 'GET /openapi.json': OpenApi
  /** Receipts with their events, as server-sent events; the id is the index */
  readonly 'GET /v1/stream': Listed
}
