import { SignedBeyond } from '@dujiang/node/guard'
import { StoreFault } from '@dujiang/node/store'
import { EXIT_REFUSED, Failure } from '../failure.ts'

interface Details {
  readonly code?: string
  readonly path?: string
  readonly port?: number
}

/** Says in one line what is wrong with a folder on this machine, and what to do. */
export function explainedLocal(cause: unknown): never {
  if (cause instanceof StoreFault && cause.kind === 'locked') {
    throw new Failure(
      `${cause.file} 正被另一个节点使用；先 dujiang stop`,
      `${cause.file} is in use by another node: dujiang stop it first`,
      undefined,
      cause,
    )
  }
  if (cause instanceof StoreFault && cause.kind === 'damaged') {
    throw new Failure(
      `${cause.message}。账本文件已损坏：请从备份恢复到新文件夹（dujiang restore），并保留此文件夹备查`,
      `${cause.message}. The ledger's files are damaged: restore a backup into a new folder (dujiang restore), and keep this one to look into`,
      undefined,
      cause,
    )
  }
  if (cause instanceof SignedBeyond) {
    const { signedHeight, ledgerHeight } = cause
    throw new Failure(
      `此密钥已签到区块 ${signedHeight}，而账本止于 ${ledgerHeight}：这是较旧的副本。请换最新的副本；若 ${ledgerHeight} 之后的区块确已全部丢失，加 --after-loss ${signedHeight}（他人手中较新的回执将与新区块矛盾）`,
      `this key has signed up to block ${signedHeight}, and the ledger ends at ${ledgerHeight}: it is an older copy. Use the newest one; if all blocks after ${ledgerHeight} are lost for good, add --after-loss ${signedHeight} (receipts that others hold of them will contradict the new blocks)`,
      EXIT_REFUSED,
      cause,
    )
  }
  const { code, path = '', message, port } = cause as Error & Details
  if (code === 'ENOENT' && path.endsWith('genesis.json')) {
    throw new Failure(
      `${path} 不存在：要指向节点的数据文件夹`,
      `${path} is missing: name a node's data folder`,
      undefined,
      cause,
    )
  }
  if (path.endsWith('.signed')) {
    throw new Failure(
      `${path} 无法写入（${code}）：密钥文件旁要记录已签高度，请把密钥放到可写的文件夹`,
      `cannot write ${path} (${code}): what the key has signed is recorded beside it, so keep it in a folder that can be written`,
      undefined,
      cause,
    )
  }
  const at = port === undefined ? '' : ` ${port}`
  if (code === 'EADDRINUSE')
    throw new Failure(`端口${at} 已被占用；另指一个`, `the port${at} is in use: name another`, undefined, cause)
  if (message?.endsWith(' is not empty'))
    throw new Failure(
      `${message.slice(0, -13)} 不是空文件夹`,
      `${message}: name an empty or a new folder`,
      undefined,
      cause,
    )
  throw cause
}
