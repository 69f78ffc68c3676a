import type { BlockSource, CometKeeper } from '../engine/comet/index.ts'
import type { HeadersOf } from '../snapshot/index.ts'

/** Headers for snapshots, from the engine once it has the upper one; what it does not give then, it is asked for with each newer header. */
export function headersOf(keeper: CometKeeper, source: BlockSource): HeadersOf {
  const { ledger } = keeper
  const newerHead = (): Promise<void> =>
    new Promise((resolve) => {
      const end = keeper.onHead(() => {
        end()
        resolve()
      })
    })
  return async (height) => {
    for (;;) {
      if ((ledger.head?.header.height ?? 0) > height) {
        const both = [source.commit(height), source.commit(height + 1)]
        const [own, above] = await Promise.all(both).catch(() => [])
        if (own !== undefined && above !== undefined) return { own: own.header, above: above.header }
      }
      await newerHead()
    }
  }
}
