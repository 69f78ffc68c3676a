/** The worked example of uniform clearing with a pro-rata tie: volume 33 000, last pair 230 and 240, price 235. */
export const workedExample = {
  price_rule: 'last_pair_mid',
  tie_rule: 'pro_rata',
  lot: 1,
  tick: 0.001,
  supply: [
    { id: 'G1', price: 180, qty: 12000 },
    { id: 'G2', price: 205, qty: 10000 },
    { id: 'G3', price: 230, qty: 6000 },
    { id: 'G4', price: 230, qty: 9000 },
    { id: 'G5', price: 305, qty: 8000 },
  ],
  demand: [
    { id: 'B1', price: 330, qty: 10000 },
    { id: 'B2', price: 300, qty: 8000 },
    { id: 'B3', price: 260, qty: 9000 },
    { id: 'B4', price: 240, qty: 6000 },
    { id: 'B5', price: 215, qty: 7000 },
  ],
}
