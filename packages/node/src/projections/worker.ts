import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { ApplicationLists } from '@dujiang/chain'
import { Follower } from './follower.ts'
import type { ToWorker, WorkerData } from './protocol.ts'

// The thread of the projections: it asks the node for receipts, writes them into its database, and answers lists.
if (parentPort === null) throw new Error('worker.ts runs as a worker thread only')
const port = parentPort

/** The ledger comes first where both want the processor. */
const PRIORITY = 10
// On Linux this is the thread's own; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(PRIORITY)

const data = workerData as WorkerData
const { lists } = (await import(data.listsModule)) as { readonly lists: ApplicationLists }
const follower = new Follower(data, lists, (message) => port.postMessage(message))
port.on('message', (message: ToWorker) => follower.take(message))
await follower.run()
// Nothing keeps the thread any more.
port.close()
