import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { biddingPlants, boundaryPlants, members, plants, units } from '@dujiang/testing/province'
import { sharedDir } from '@dujiang/testing/shared'

/** Plants whose figure departs from the tracker's row, and why. */
const departs = new Map([['向家坝水电站', 'without its extension']])

describe('the plants of the sample province', () => {
  it('lets only plants of the provincial dispatcher bid, and says that every level is assumed', () => {
    assert.ok(biddingPlants.every(({ dispatchLevel }) => dispatchLevel === 'provincial'))
    assert.ok(boundaryPlants.every(({ dispatchLevel }) => dispatchLevel !== 'provincial'))
    assert.ok(plants.every(({ levelAssumed }) => levelAssumed))
  })

  it('names each plant, unit and member once, and every plant has a member and a unit', () => {
    for (const ids of [plants.map(({ id }) => id), units.map(({ unit }) => unit), members.map(({ org }) => org)]) {
      assert.equal(new Set(ids).size, ids.length)
    }
    for (const { id, org } of plants) {
      assert.ok(members.some((member) => member.org === org))
      assert.ok(units.some((unit) => unit.plant === id && unit.org === org))
    }
  })

  it('marks every invented member as an example', () => {
    assert.ok(members.every(({ name }) => name.endsWith('（示例）')))
  })

  it('has the capacities of the trackers', (t) => {
    const folder = join(sharedDir() ?? '', 'data/sichuan_plants')
    if (sharedDir() === undefined || !existsSync(folder))
      return t.skip('reference data not present: skipped capacities')
    const hydro = rowsOf(join(folder, 'gem_hydropower_sichuan_2023-05.csv'))
    const coal = rowsOf(join(folder, 'gem_coal_units_sichuan_2023-07.csv'))
    for (const { name, capacityMw, fuel } of plants) {
      const short = name.replace(/(水电站|发电厂)$/, '')
      const found =
        fuel === 'hydro'
          ? hydro.filter((row) => row[10] === 'operating' && row[3]?.endsWith(name)).map((row) => Number(row[5]))
          : coal.filter((row) => row[11] === 'operating' && row[6]?.includes(short)).map((row) => Number(row[10]))
      if (departs.has(name)) continue
      const totalMw = fuel === 'hydro' ? Math.max(...found) : found.reduce((sum, each) => sum + each, 0)
      assert.equal(totalMw, capacityMw, name)
    }
  })
})

/** The rows of a CSV file whose quoted fields may hold commas. */
function rowsOf(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) => field as string))
}
