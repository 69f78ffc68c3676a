import { createInterface } from 'node:readline'
import { openBrowser, visitor } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'
import { installGauge } from './gauge.ts'
import { type Facts, Visit } from './visit.ts'

// A person at a full ledger, for `npm run bench -- console`. `node visit-process.ts '<Facts as JSON>'`: it says a line of what it
// has seen for each thing it does, then that it is over, and ends with its input.
const facts = JSON.parse(process.argv[2] ?? 'null') as Facts
const browser = await openBrowser()
try {
  const { page, context, complaints } = await visitor(browser)
  await installGauge(context)
  await signInAs(page, facts.url, facts.viewer, 'a', '/sessions')
  await new Visit(page, facts, (seen) => console.log(JSON.stringify(seen))).run()
  for (const complaint of complaints) console.error(complaint)
  console.log(JSON.stringify({ over: true }))
} finally {
  await browser.close()
}
for await (const _line of createInterface({ input: process.stdin }));
