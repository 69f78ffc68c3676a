import { readFile, writeFile } from 'node:fs/promises'
import { type LightProvider, NodeProvider, collectOmission, readIntake } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { type Connection, connect, explainedBy, fetchOf, nodesOf } from '../online/connection.ts'
import { print } from '../output.ts'
import { verdictOn } from './verdict.ts'

export type OmissionFlags = Partial<Connection> & {
  readonly genesis: string
  readonly out: string
  readonly json?: true
}

/** Gathers in one file what shows whether a node has kept its promise for an act, and says the verdict on it. */
export async function omission(actPath: string, intakePath: string, flags: OmissionFlags): Promise<number> {
  const { genesis, out, json } = flags
  const founded = foundedBy(genesis, Uint8Array.from(await readFile(genesis).catch(unreadable(genesis))))
  const act = Uint8Array.from(await readFile(actPath).catch(unreadable(actPath)))
  const intake = readIntake(parsed(intakePath, await readFile(intakePath).catch(unreadable(intakePath))))
  if (intake === undefined) {
    throw new Failure(
      `${intakePath} 里没有受理回执：用 dujiang submit --wait accepted 的输出`,
      `${intakePath} holds no intake receipt: it is what dujiang submit --wait accepted prints`,
    )
  }
  const client = await connect(flags)
  const file = await collectOmission(client, anyOf(flags), nodeCrypto, founded, intake, act).catch(explained)
  await writeFile(out, file)
  if (json !== true) {
    const how = `dujiang verify ${out} --genesis GENESIS.json --signer CARD.json`
    await print(say(`已写入 ${out}；核验：${how}\n`, `wrote ${out}; to verify it: ${how}\n`))
  }
  return verdictOn(file, founded, intake.node, json === true)
}

/** One source after the other, until one has the header. */
function anyOf(flags: Partial<Connection>): LightProvider {
  const sources = nodesOf(flags).map((node) => new NodeProvider(node, fetchOf(flags)))
  return {
    name: 'any',
    async lightBlock(height) {
      let nearest: Awaited<ReturnType<LightProvider['lightBlock']>>
      for (const source of sources) {
        const block = await source.lightBlock(height).catch(() => undefined)
        if (block?.header.height === height) return block
        nearest ??= block
      }
      return nearest
    },
  }
}

function explained(cause: unknown): never {
  const { message } = cause as Error
  if (message.endsWith('is not kept')) {
    throw new Failure(
      `各节点都已不存该承诺高度的区块头：请换节点，或以后及早收集（${message}）`,
      `${message} by any of these nodes: ask others, and gather it earlier next time`,
      EXIT_REFUSED,
      cause,
    )
  }
  if (message.endsWith('are still withheld')) {
    throw new Failure(
      `那段时间的回执尚未全部公开：等其中各场次闭市后再收集，闭市前作废的场次至少等三十天（${message}）`,
      `${message}: gather it after the gates of their sessions; 30 days at least after one was voided before its gate`,
      EXIT_REFUSED,
      cause,
    )
  }
  if (message.endsWith('than a file takes')) {
    throw new Failure(`那段时间的回执多于一个文件所能容纳（${message}）`, message, EXIT_REFUSED, cause)
  }
  return explainedBy(cause)
}

function parsed(path: string, bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json
  } catch (cause) {
    throw new Failure(`${path} 不是 JSON`, `${path} is no JSON`, undefined, cause)
  }
}
