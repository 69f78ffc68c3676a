import { type Invitation, type Session, type Stance, type UnitBook, roomLeft } from '@dujiang/market'
import { jsonLine, print } from '../output.ts'
import { Desk, type DeskFlags } from './desk.ts'

/** Prints, a line a period, what a unit of the own organisation may still bid. */
export async function showRoom(
  session: string,
  unit: string,
  flags: DeskFlags & { readonly replacing?: string },
): Promise<void> {
  const desk = await Desk.open(flags)
  const row = await desk.rowThere<Session>(`auction/session/${session}`)
  const { limitWh } = await desk.rowThere<Invitation>(`auction/invitation/${session}/${unit}`)
  const book = await desk.row<UnitBook>(`auction/book/${session}/${unit}`)
  const stance = await desk.row<Stance>(`auction/stance/${session}/${desk.identity.org}`)
  for (const each of roomLeft(row, limitWh, book?.orders ?? [], stance, flags.replacing)) await print(jsonLine(each))
}
