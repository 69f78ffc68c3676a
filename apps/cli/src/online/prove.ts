import { writeFile } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { type Connection, connect, explainedBy } from './connection.ts'

export type ProveFlags = Partial<Connection> & { readonly out: string; readonly seconds: string }

/** Waits until the receipt is provable and writes its file. */
export async function prove(id: string, flags: ProveFlags): Promise<void> {
  if (!/^\d{1,5}$/.test(flags.seconds)) throw new Failure('--seconds 取整数', '--seconds takes a whole number')
  const client = await connect(flags)
  const file = await client.waitProvable(id, { timeoutMs: Number(flags.seconds) * 1_000 }).catch(explainedBy)
  await writeFile(flags.out, file)
  const how = `dujiang verify ${flags.out} --genesis GENESIS.json`
  await print(say(`已写入 ${flags.out}；核验：${how}\n`, `wrote ${flags.out}; to verify it: ${how}\n`))
}
