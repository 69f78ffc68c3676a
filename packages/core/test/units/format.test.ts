import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type EnergyUnit,
  fen,
  formatDecimal,
  formatEnergy,
  formatMoney,
  formatPower,
  formatPrice,
  formatRatio,
  type MoneyUnit,
  milliFenPerMwh,
  type PriceUnit,
  parseEnergy,
  parseMoney,
  parsePower,
  parsePrice,
  parseRatio,
  ppm,
  watt,
  wh,
} from '../../src/units/index.ts'

const ENERGY: readonly EnergyUnit[] = ['Wh', 'kWh', 'MWh', '万千瓦时']
const MONEY: readonly MoneyUnit[] = ['fen', '元', '万元']
const PRICE: readonly PriceUnit[] = ['milliFen/MWh', '元/MWh', '元/kWh']
const value = fc.maxSafeInteger()
const signed = { negative: true }

describe('formatting', () => {
  it('[FMT-1] parses back in every unit of every quantity', () => {
    fc.assert(
      fc.property(value, (x) => {
        const back = { ok: true, value: x }
        for (const unit of ENERGY) assert.deepEqual(parseEnergy(formatEnergy(wh(x), unit), unit, signed), back)
        for (const unit of MONEY) assert.deepEqual(parseMoney(formatMoney(fen(x), unit), unit, signed), back)
        for (const unit of PRICE) {
          assert.deepEqual(parsePrice(formatPrice(milliFenPerMwh(x), unit), unit, signed), back)
        }
        for (const unit of ['W', 'kW', 'MW', '万千瓦'] as const) {
          assert.deepEqual(parsePower(formatPower(watt(x), unit), unit, signed), back)
        }
        for (const unit of ['ppm', '%', '1'] as const) {
          assert.deepEqual(parseRatio(formatRatio(ppm(x), unit), unit, signed), back)
        }
      }),
    )
  })

  it('[FMT-2] only adds commas and the name of the unit for readers', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...ENERGY), fc.constantFrom('zh', 'en'), (x, unit, locale) => {
        const text = formatEnergy(wh(x), unit, { locale })
        const [number = ''] = /^[-0-9,.]+/.exec(text) ?? []
        assert.equal(number.replaceAll(',', ''), formatEnergy(wh(x), unit))
        assert.match(number, /^-?\d{1,3}(,\d{3})*(\.\d+)?$/)
      }),
    )
  })

  it('[FMT-2] writes Chinese and English', () => {
    const energy = wh(1_234_567_500_000)
    assert.equal(formatEnergy(energy, 'MWh', { locale: 'zh', digits: 3 }), '1,234,567.500兆瓦时')
    assert.equal(formatEnergy(energy, 'MWh', { locale: 'en' }), '1,234,567.5 MWh')
    assert.equal(formatEnergy(energy, '万千瓦时', { locale: 'zh' }), '123,456.75万千瓦时')
    assert.equal(formatEnergy(energy, '万千瓦时', { locale: 'en' }), '123,456.75 ×10⁴ kWh')
    assert.equal(formatPower(watt(250_000), 'MW', { locale: 'en' }), '0.25 MW')
    assert.equal(formatMoney(fen(37_251_312), '元', { locale: 'zh', digits: 2 }), '372,513.12元')
    assert.equal(formatMoney(fen(-100_000), '元', { locale: 'en', digits: 2 }), '-1,000.00 yuan')
    assert.equal(formatPrice(milliFenPerMwh(35_025_000), '元/MWh', { locale: 'zh', digits: 3 }), '350.250元/兆瓦时')
    assert.equal(formatPrice(milliFenPerMwh(-5_000_000), '元/MWh', { locale: 'en' }), '-50 yuan/MWh')
    assert.equal(formatRatio(ppm(56_400), '%', { locale: 'zh', digits: 2 }), '5.64%')
  })

  it('[FMT-1] drops no digit unless a rounding is named', () => {
    const price = milliFenPerMwh(35_025_550)
    assert.throws(() => formatPrice(price, '元/MWh', { digits: 2 }), RangeError)
    assert.equal(formatPrice(price, '元/MWh', { digits: 2, rounding: 'halfUp' }), '350.26')
    assert.equal(formatPrice(price, '元/MWh', { digits: 2, rounding: 'floor' }), '350.25')
    assert.equal(formatPrice(milliFenPerMwh(35_025_000), '元/MWh', { digits: 2 }), '350.25')
    assert.equal(formatPrice(price, '元/MWh', { digits: 7 }), '350.2555000')
  })

  it('never writes −0', () => {
    assert.equal(formatDecimal(-4, 3, { digits: 2, rounding: 'halfUp' }), '0.00')
    assert.equal(formatDecimal(-0, 3), '0')
  })

  it('groups thousands from the right at every length', () => {
    const grouped = [1, 12, 123, 1234, 12_345, 123_456, 1_234_567].map((x) =>
      formatMoney(fen(x), 'fen', { locale: 'zh' }),
    )
    assert.deepEqual(grouped, ['1分', '12分', '123分', '1,234分', '12,345分', '123,456分', '1,234,567分'])
    assert.equal(formatMoney(fen(-123_456), 'fen', { locale: 'zh' }), '-123,456分')
  })

  it('throws on digits that are none', () => {
    for (const digits of [-1, 16, 1.5]) assert.throws(() => formatDecimal(1, 2, { digits }), RangeError)
  })
})
