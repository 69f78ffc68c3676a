import { StoreFault } from '@dujiang/node/store'
import { Failure } from '../failure.ts'

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
  const { code, path = '', message } = cause as Error & { readonly code?: string; readonly path?: string }
  if (code === 'ENOENT' && path.endsWith('genesis.json')) {
    throw new Failure(
      `${path} 不存在：要指向节点的数据文件夹`,
      `${path} is missing: name a node's data folder`,
      undefined,
      cause,
    )
  }
  if (code === 'EADDRINUSE')
    throw new Failure('端口已被占用；用 --port 另指', 'the port is in use: name another with --port', undefined, cause)
  if (message?.endsWith(' is not empty'))
    throw new Failure(
      `${message.slice(0, -13)} 不是空文件夹`,
      `${message}: name an empty or a new folder`,
      undefined,
      cause,
    )
  throw cause
}
