import type { Client } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import {
  type ValidatorChange,
  type ValidatorProposal,
  type ValidatorRow,
  validatorProposals,
  validators,
} from '@dujiang/market'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { type Connection, connect, explainedBy, identityFrom } from '../online/connection.ts'
import { sendSigned } from '../online/send-signed.ts'
import { jsonLine, print } from '../output.ts'
import { table } from '../table.ts'
import { wholeNumber } from './numbers.ts'
import { readCardFile } from './public-files.ts'

export type ValidatorFlags = Partial<Connection> & { readonly json?: true }
type SigningFlags = Partial<Connection> & { readonly key: string }

/** Who signs blocks, and what has been proposed about that. */
export async function listValidators(flags: ValidatorFlags): Promise<void> {
  const client = await connect(flags)
  const seats = await rowsOf<ValidatorRow>(client, validators.name)
  const proposals = await rowsOf<ValidatorProposal>(client, validatorProposals.name)
  if (flags.json === true) {
    await print(
      jsonLine({
        validators: seats.map(([key, row]) => ({ key, ...row })),
        proposals: proposals.map(([id, row]) => ({ id, ...row })),
      }),
    )
    return
  }
  const total = seats.reduce((sum, [, { power }]) => sum + power, 0)
  const columns = say('机构 名称 实际控制人 权重 公钥', 'org name controller power key').split(' ')
  const rows = seats.map(([key, { org, name, controller, power }]) => [org, name, controller, `${power}/${total}`, key])
  const open = proposals.map(([id, { change, proposedBy, approvals, lapsesMs }]) => [
    `${id} ${JSON.stringify(change)}`,
    say(
      `  ${proposedBy} 提案；已同意 ${approvals.join('、')}；${new Date(lapsesMs).toISOString()} 失效`,
      `  proposed by ${proposedBy}; approved by ${approvals.join(', ')}; lapses ${new Date(lapsesMs).toISOString()}`,
    ),
  ])
  const none = say('没有待决提案', 'no open proposals')
  await print(`${[...table([columns, ...rows]), '', ...(open.length === 0 ? [none] : open.flat())].join('\n')}\n`)
}

/** Proposes that the node of a card signs blocks too. */
export async function proposeAdd(cardPath: string, flags: SigningFlags & { readonly power: string }): Promise<number> {
  const { validatorKey: key, name, org, controller } = await readCardFile(cardPath)
  return propose({ kind: 'add', key, name, org, controller, power: powerOf(flags.power) }, flags)
}

/** Proposes that the validator of an organisation leaves. */
export async function proposeRemove(who: string, flags: SigningFlags): Promise<number> {
  return propose({ kind: 'remove', key: await keyOf(who, flags) }, flags)
}

export async function proposePower(who: string, power: string, flags: SigningFlags): Promise<number> {
  return propose({ kind: 'power', key: await keyOf(who, flags), power: powerOf(power) }, flags)
}

export const approve = (proposal: string, flags: SigningFlags): Promise<number> =>
  act('network.validator.approve', { proposal }, flags)

export const withdraw = (proposal: string, flags: SigningFlags): Promise<number> =>
  act('network.validator.withdraw', { proposal }, flags)

const propose = (change: ValidatorChange, flags: SigningFlags): Promise<number> =>
  act('network.validator.propose', { change }, flags)

async function act(name: string, payload: Json, { key, ...to }: SigningFlags): Promise<number> {
  const client = await connect(to)
  const identity = await identityFrom(key)
  const body = await client.build(identity, { act: name, payload }).catch(explainedBy)
  return sendSigned(client, client.sign(identity, body), 'committed')
}

/** By organisation, where it runs one; by key otherwise. */
async function keyOf(who: string, { key: _signer, ...to }: SigningFlags): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(who)) return who
  const found = (await rowsOf<ValidatorRow>(await connect(to), validators.name)).filter(([, { org }]) => org === who)
  if (found.length === 1) return found[0]![0]
  throw new Failure(
    `${who} 有 ${found.length} 个验证节点；用公钥指明`,
    `${who} runs ${found.length} validators: name one by its key`,
    EXIT_REFUSED,
  )
}

const powerOf = (text: string): number => wholeNumber('power', text, 1, 1_000_000)

/** Rows by the last part of their key. */
async function rowsOf<Row>(client: Client, name: string): Promise<readonly (readonly [string, Row])[]> {
  const rows: (readonly [string, Row])[] = []
  try {
    for await (const { key, value } of client.rows(name)) {
      rows.push([key.slice(key.lastIndexOf('/') + 1), value as unknown as Row])
    }
  } catch (cause) {
    explainedBy(cause)
  }
  return rows
}
