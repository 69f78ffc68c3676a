import { MEMPOOL_BYTES_MAX } from '../engine/comet/known-acts.ts'
import type { Settings } from './config.ts'
import { hostPort, type Peer, peerAddresses } from './peers.ts'

/** Where the two processes of a home listen. */
export interface Ports {
  /** For the peers: the only one that others reach. */
  readonly p2p: { readonly host: string; readonly port: number }
  /** On loopback, like the next. */
  readonly rpc: number
  readonly cometMetrics: number
}

/** What the house sets differently from the engine's defaults, and why. Rule CONF-4. */
export function houseSettings(moniker: string, socket: string, ports: Ports, peers: readonly Peer[]): Settings {
  return {
    moniker,
    proxy_app: `unix://${socket}`,
    abci: 'socket',
    // Nobody is let in but whom the application knows.
    filter_peers: true,
    // Starts, ends and errors; a line for each step of each block would fill a disk.
    log_level: 'main:info,*:error',
    rpc: { laddr: `tcp://127.0.0.1:${ports.rpc}` },
    p2p: {
      laddr: `tcp://${hostPort(ports.p2p.host, ports.p2p.port)}`,
      ...peerSettings(peers),
      pex: false,
      // Several members may stand behind one gateway, or on one machine.
      addr_book_strict: false,
      allow_duplicate_ip: true,
      // A block of 1 MB crosses in 0.05 s instead of 0.2 s.
      send_rate: 20_000_000,
      recv_rate: 20_000_000,
      // The line before waits 100 ms.
      flush_throttle_timeout: '10ms',
    },
    mempool: {
      type: 'flood',
      // Parcels leave the mempool by recheck.
      recheck: true,
      size: 20_000,
      // All of it is looked at again after each block: more than the ledger remembers would be judged anew each time.
      max_txs_bytes: MEMPOOL_BYTES_MAX,
      cache_size: 100_000,
      // An act is 64 KiB at most, and so is a parcel of them.
      max_tx_bytes: 131_072,
      'keep-invalid-txs-in-cache': false,
    },
    consensus: {
      timeout_propose: '3s',
      // With 200 ms, one order in a hundred waited for more than 760 at half load; the throughput is the same.
      timeout_commit: '50ms',
      peer_gossip_sleep_duration: '10ms',
      // The heartbeat: a block's time comes from the block before, so a chain without blocks has no clock.
      create_empty_blocks: false,
      create_empty_blocks_interval: '1s',
    },
    // The ledger keeps its own receipts; the engine's index would only cost a sync a block.
    tx_index: { indexer: 'null' },
    instrumentation: { prometheus: true, prometheus_listen_addr: `127.0.0.1:${ports.cometMetrics}` },
  }
}

/** The settings that name the peers: they are called for ever, and none of them is kept out by a full house. */
export function peerSettings(peers: readonly Peer[]): Settings {
  return {
    persistent_peers: peerAddresses(peers),
    unconditional_peer_ids: peers.map(({ nodeId }) => nodeId).join(','),
  }
}
