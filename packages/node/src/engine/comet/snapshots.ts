import type { Hash } from '@dujiang/core/crypto'
import { SNAPSHOT_FORMAT } from '@dujiang/chain'
import type { SnapshotStore } from '../../snapshot/index.ts'
import { type RequestLoadSnapshotChunk, ResponseListSnapshots, ResponseLoadSnapshotChunk } from './abci/index.ts'

/** Snapshots as the engine passes them on to nodes that join. Rule CMT-16. */
export interface Snapshots {
  list(): ResponseListSnapshots
  load(request: RequestLoadSnapshotChunk): Promise<ResponseLoadSnapshotChunk>
}

/** Those that a node keeps. */
export function snapshotsOf(store: SnapshotStore, sha256: Hash): Snapshots {
  return {
    list() {
      const snapshots = store.list().map(({ manifest, manifestBytes }) => ({
        height: BigInt(manifest.height),
        format: SNAPSHOT_FORMAT,
        chunks: manifest.chunks.length,
        hash: sha256(manifestBytes),
        metadata: manifestBytes,
      }))
      return ResponseListSnapshots.create({ snapshots })
    },
    async load({ height, chunk }) {
      const bytes = await store.chunk(Number(height), chunk)
      return ResponseLoadSnapshotChunk.create(bytes === undefined ? {} : { chunk: bytes })
    },
  }
}
