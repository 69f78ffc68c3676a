import type { LightBlock, SealedBlock, Validator } from '@dujiang/chain'
import type { Archive, CometKeeper } from '../engine/comet/index.ts'
import type { Keeper } from '../ledger/index.ts'

/**
 * Headers with their signatures and the validators that gave them, for those who believe nothing else; the newest known when
 * no height is given, the nearest kept below where one is not kept.
 */
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

/** Those of a chain whose members change its validators, and whose engine drops old blocks. */
export function networkLightBlocks(keeper: CometKeeper, archive: Archive): LightBlocks {
  const { ledger, seats } = keeper
  const exactly = async (height: number): Promise<LightBlock | undefined> => {
    const validators = seats.at(height)
    const seal = height < 1 || height > ledger.tip.height ? undefined : await keeper.seals(height)
    return seal && validators && { header: seal.header, commit: seal.commit, validators }
  }
  return async (height = ledger.head?.header.height ?? 0) => {
    const block = await exactly(height)
    const below = block === undefined ? archive.lastBelow(height) : undefined
    return below === undefined ? block : exactly(below)
  }
}
