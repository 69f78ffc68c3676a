/** `npm run sim -- --seed 42`: one run of the simulator, or with `--seeds 100` so many from that seed on. */
import { parseArgs } from 'node:util'
import { simulate } from './node-sim.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '0' }, seeds: { type: 'string', default: '1' } },
})
const first = Number(values.seed)
const total = new Map<string, number>()
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const { broken, seen, end } = await simulate(seed)
  for (const [what, times] of seen) total.set(what, (total.get(what) ?? 0) + times)
  console.log(broken === undefined ? `seed ${seed}: kept its word, ${end}` : `seed ${seed}: BROKEN ${broken}`)
  if (broken !== undefined) process.exitCode = 1
}
const counts = [...total].sort(([a], [b]) => (a < b ? -1 : 1))
console.log(counts.map(([what, times]) => `${what} ${times}`).join(' · '))
