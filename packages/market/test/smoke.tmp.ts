import { nodeCrypto, generateSecret, signerFromSecret } from '@dujiang/crypto/node'
import { toHex, keyId } from '@dujiang/core/crypto'
import { Ledger, signBody, writeGenesis, NO_COMMIT } from '@dujiang/chain'
import { dujiangMarket } from '@dujiang/market'
const signer = (s: 'sm2'|'ed25519') => signerFromSecret(s, generateSecret(s))
const val = signer('ed25519'); const ex = signer('ed25519'), ex2 = signer('sm2'), disp = signer('ed25519')
const far = 4e12
const kf = (s: any, person: string) => ({ scheme: s.scheme, publicKey: toHex(s.publicKey), person, fromMs: 0, untilMs: far })
const app = dujiangMarket()
const t0 = 1_800_000_000_000
const g = writeGenesis({ v: 1, name: '示例', domain: 'public', time: t0, validators: [{ name: 'x', org: 'X', key: toHex(val.publicKey), power: 10 }],
 app: { name: 'dujiang-market', version: 1, state: { members: { founders: [{ org: 'SCPX', name: '四川电力交易中心', roles: ['exchange'], keys: [kf(ex, 'p1'), kf(ex2, 'p2')] }, { org: 'DISP', name: '调度', roles: ['dispatcher'], keys: [kf(disp, 'd1')] }], admits: [{ role: 'exchange', admits: ['generator', 'retailer', 'user'] }] },
  rules: { name: 'SC-2026', document: 'x', values: { actsPerMinuteMax: 100000, liveStepsMax: 100000, priceFloor: 0, priceCap: 48144000, stepsMax: 5, priceRules: ['last_pair_mid', 'k'], tieRules: ['pro_rata', 'time'] } } } } })
const ledger = new Ledger(app, nodeCrypto, g)
let now = t0; let seq = 0
const act = (s: any, org: string, name: string, payload: any) => signBody(s, { act: name, chain: ledger.chain.id, domain: 'public', expires: now + 600000, key: keyId(nodeCrypto.sha256, s.scheme, s.publicKey), org, payload, ref: 'r' + seq, sequence: ++seq, v: 1 })
const block = (txs: Uint8Array[], dt = 1000) => { now += dt; const d = ledger.decide(txs, now, new Uint8Array(20)); ledger.commit(d, NO_COMMIT); for (const [i, r] of d.executed.results.entries()) if (r.code) console.log('tx', i, 'code', r.code, JSON.stringify(d.executed.recorded.find(x => x.receipt.code === r.code)?.receipt.refusal)); return d }
const gens = Array.from({ length: 20 }, (_, i) => ({ org: 'G' + i, s: signer(i % 2 ? 'sm2' : 'ed25519') }))
const users = Array.from({ length: 20 }, (_, i) => ({ org: 'U' + i, s: signer('ed25519') }))
block([...gens.map(x => act(ex, 'SCPX', 'members.org.admit', { org: x.org, name: x.org, roles: ['generator'], keys: [kf(x.s, 'a')] })), ...users.map(x => act(ex2, 'SCPX', 'members.org.admit', { org: x.org, name: x.org, roles: ['user'], keys: [kf(x.s, 'a')] }))])
block([...gens.map(x => act(ex, 'SCPX', 'members.plant.register', { plant: 'P' + x.org, name: 'p', org: x.org, fuel: 'hydro', capacityW: 1e9, dispatchLevel: 'provincial', levelAssumed: true })), ...gens.map(x => act(ex, 'SCPX', 'members.unit.register', { unit: 'T' + x.org, name: 'p', org: x.org, side: 'sell', plant: 'P' + x.org })), ...users.map(x => act(ex, 'SCPX', 'members.unit.register', { unit: 'T' + x.org, name: 'p', org: x.org, side: 'buy' }))])
const gate = now + 60000
block([act(ex, 'SCPX', 'auction.sequence.open', { sequence: 'Q', name: 'q' })])
block([act(ex, 'SCPX', 'auction.session.announce', { session: 'S', sequence: 'Q', name: 'n', product: 'p', deliveryFrom: '2026-12-01', deliveryTo: '2026-12-31', eligibility: '', contact: '', periods: 24, priceFloor: 0, priceCap: 48144000, lotWh: 1000000, tick: 1000, stepsMax: 3, priceRule: 'last_pair_mid', tieRule: 'pro_rata', opensMs: now + 3000, gateMs: gate })])
block([act(ex, 'SCPX', 'auction.session.invite', { session: 'S', units: [...gens, ...users].map(x => ({ unit: 'T' + x.org, limitWh: Array(24).fill(1e10) })) })])
now += 2000
const periods = Array.from({ length: 24 }, (_, i) => i + 1)
const order = (x: any, side: string, p: number) => act(x.s, x.org, 'auction.order.submit', { session: 'S', unit: 'T' + x.org, side, periods, prices: [periods.map(() => p)], volumesWh: [periods.map(() => 5e9)] })
const txs = [...gens.map((x, i) => order(x, 'sell', 20000000 + i * 1000000)), ...users.map((x, i) => order(x, 'buy', 45000000 - i * 1000000))]
console.log('tx bytes', txs[0]!.length)
block(txs)
now = gate - 1000
const d = block([])
console.log(d.executed.recorded.map(r => r.receipt.act), JSON.stringify((ledger.view().get('auction/result/S') as any).periods[0]))
const res = (ledger.view().get('auction/session/S') as any).result
block([act(disp, 'DISP', 'auction.check.pass', { session: 'S', result: res, remark: '' })])
block([act(ex, 'SCPX', 'auction.bulletin.prepare', { session: 'S', result: res, number: '1', text: 't' })])
block([act(ex, 'SCPX', 'auction.bulletin.approve', { session: 'S', result: res })])
block([act(ex2, 'SCPX', 'auction.bulletin.approve', { session: 'S', result: res })])
console.log((ledger.view().get('auction/session/S') as any).status, toHex(ledger.tip.appHash))
