import { realDisk } from '../../src/seams/index.ts'
import { openJournal } from '../../src/store/index.ts'
import { payload } from './tools.ts'

// Appends to the journal in the folder named by the first argument until it is killed, printing what is acknowledged.
const journal = await openJournal(realDisk, process.argv[2] ?? '')
for (let n = 1; ; n++) process.stdout.write(`${await journal.append([payload(n)])}\n`)
