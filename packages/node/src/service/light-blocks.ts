import type { LightBlock, SealedBlock, Validator } from '@dujiang/chain'
import type { Keeper } from '../ledger/index.ts'

/** Headers with their signatures and the validators that gave them, for those who believe nothing else. */
export type LightBlocks = (height?: number) => Promise<LightBlock | undefined>

/** Those of a chain whose validators never change. */
export function lightBlocksOf(keeper: Keeper, validators: readonly Validator[]): LightBlocks {
  return async (height) => {
    const { head } = keeper.ledger
    const block: Pick<SealedBlock, 'header' | 'commit'> | undefined =
      height === undefined || height === head?.header.height ? head : await keeper.block(height)
    return block && { header: block.header, commit: block.commit, validators }
  }
}
