import { readFile, rm } from 'node:fs/promises'
import { type Of, compile, s } from '@dujiang/core/codec'
import { writeWhole } from '../store/whole-file.ts'

const shape = s.object({
  /** The index of the last receipt that was taken, or is not wished for. */
  after: s.int(-1, Number.MAX_SAFE_INTEGER),
  chain: s.hex(32),
  /** How often the batch after it has failed, since when, and why last. */
  failed: s.optional(s.int(1, Number.MAX_SAFE_INTEGER)),
  failedSinceMs: s.optional(s.int(0, Number.MAX_SAFE_INTEGER)),
  trouble: s.optional(s.text(200)),
})
const schema = compile(shape)

/** How far a subscription has come, as it stands on disk. */
export type Standing = Of<typeof shape>

const pathOf = (dir: string, name: string): string => `${dir}/${name}.standing.json`

/** How far it had come; undefined where that is not known. */
export async function readStanding(dir: string, name: string): Promise<Standing | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(pathOf(dir, name), 'utf8'))
    return schema.explain(json as never) === undefined ? (json as Standing) : undefined
  } catch {
    return undefined
  }
}

export function writeStanding(dir: string, name: string, standing: Standing): Promise<void> {
  return writeWhole(pathOf(dir, name), `${JSON.stringify(standing)}\n`)
}

export const forgetStanding = (dir: string, name: string): Promise<void> => rm(pathOf(dir, name), { force: true })
