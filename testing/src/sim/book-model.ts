import assert from 'node:assert/strict'
import type { View } from '@dujiang/chain'
import { type Book, type Notice, type OrderPayload, awards, clearBook, periodResult, results } from '@dujiang/market'

/** What the simulator believes a session's book holds, told only what the ledger has accepted, in the order it did. */
export class BookModel {
  readonly #live: { readonly id: string; readonly index: number; readonly order: OrderPayload }[] = []

  /** `index`: of the receipt, which stands for the order's place in time. */
  place(id: string, index: number, order: OrderPayload, replaced?: string): void {
    if (replaced !== undefined) this.cancel(replaced)
    this.#live.push({ id, index, order })
  }

  cancel(id: string): void {
    const at = this.#live.findIndex((each) => each.id === id)
    assert.notEqual(at, -1, `the ledger let go of ${id}, which was not in the book`)
    this.#live.splice(at, 1)
  }

  /** Fails unless the ledger's result and every award are what this book clears to. */
  check(view: View, session: string, notice: Notice): void {
    this.#live.sort((a, b) => a.index - b.index)
    const result = results.get(view, session)
    assert.equal(result?.orders, this.#live.length, `orders of ${session}`)
    for (let period = 1; period <= notice.periods; period++) {
      const clearing = clearBook(this.#book(notice, period))
      assert.deepEqual(result?.periods[period - 1], periodResult(period, clearing), `period ${period} of ${session}`)
      const awarded = { sell: [...clearing.supplyAward], buy: [...clearing.demandAward] }
      this.#eachStep(period, ({ id, order: { unit, side } }, row, column) => {
        const given = awards.get(view, session, unit)?.awards.find(({ order }) => order === id)
        assert.equal(given?.awardsWh[row]?.[column], awarded[side as 'sell' | 'buy'].shift(), `award of ${id}`)
      })
    }
  }

  #book(notice: Notice, period: number): Book {
    const steps = {
      sell: { price: [] as number[], qty: [] as number[] },
      buy: { price: [] as number[], qty: [] as number[] },
    }
    this.#eachStep(period, ({ order }, row, column) => {
      const side = steps[order.side as 'sell' | 'buy']
      side.price.push(order.prices[row]?.[column] as number)
      side.qty.push(order.volumesWh[row]?.[column] as number)
    })
    return {
      supplyPrice: Float64Array.from(steps.sell.price),
      supplyQty: Float64Array.from(steps.sell.qty),
      demandPrice: Float64Array.from(steps.buy.price),
      demandQty: Float64Array.from(steps.buy.qty),
      lot: notice.lotWh,
      tick: notice.tick,
      floor: notice.priceFloor,
      cap: notice.priceCap,
      priceRule: notice.priceRule,
      tieRule: notice.tieRule,
      ...(notice.kPpm === undefined ? {} : { kPpm: notice.kPpm }),
    }
  }

  #eachStep(
    period: number,
    visit: (live: { readonly id: string; readonly order: OrderPayload }, row: number, column: number) => void,
  ): void {
    for (const live of this.#live) {
      const column = live.order.periods.indexOf(period)
      if (column === -1) continue
      live.order.volumesWh.forEach((volumes, row) => {
        if ((volumes[column] as number) > 0) visit(live, row, column)
      })
    }
  }
}
