import { adapterBar } from './adapter-bar.ts'
import { ordersBar } from './orders-bar.ts'
import { findPrograms } from './programs.ts'
import { figureText } from '../figure.ts'
const [what, n, scheme, profileDir] = process.argv.slice(2)
const validators = Number(n ?? 1) as 1
const programs = await findPrograms()
const figures =
  what === 'adapter'
    ? await adapterBar(programs, { validators, runs: 1, seconds: 6 })
    : await ordersBar(programs, {
        validators,
        scheme: scheme as 'ed25519',
        runs: 2,
        seconds: 8,
        ratioMin: 0.45,
        profileDir,
      })
for (const f of figures) console.log(figureText(f))
