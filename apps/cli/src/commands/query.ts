import { Command } from 'commander'
import { say } from '../language.ts'
import { nodeOption, tlsOption, viewerOption } from '../online/connection.ts'
import type { QueryFlags } from '../online/query.ts'

export function queryCommand(): Command {
  const query = new Command('query').description(
    say('向节点查询，输出 JSON 行', 'ask a node; answers are lines of JSON'),
  )
  const load = () => import('../online/query.ts')
  query.addCommand(
    asking('status', say('账本状态', 'the state of the ledger')).action(async (flags: QueryFlags) =>
      (await load()).status(flags),
    ),
  )
  query.addCommand(
    asking('receipt', say('一个操作的回执', 'the receipt of an act'))
      .argument('<id>', say('操作编号', "the act's id"))
      .action(async (id: string, flags: QueryFlags) => {
        process.exitCode = await (await load()).receipt(id, flags)
      }),
  )
  query.addCommand(
    asking('rows', say('一张表的行，如 auction/session', 'rows of a table, such as auction/session'))
      .argument('<table>', say('表名', 'the table'))
      .option('--prefix <text>', say('键的开头', 'how the keys begin'))
      .action(async (table: string, flags: QueryFlags & { readonly prefix?: string }) =>
        (await load()).rows(table, flags),
      ),
  )
  query.addCommand(
    asking('blocks', say('区块', 'blocks'))
      .argument('[from]', say('起始高度（默认最新）', 'first height (the newest when left out)'))
      .argument('[to]', say('末尾高度', 'last height'))
      .action(async (from: string | undefined, to: string | undefined, flags: QueryFlags) => {
        process.exitCode = await (await load()).blocks(from, to, flags)
      }),
  )
  query.addCommand(
    asking('acts', say('节点提供的操作目录', 'the catalogue of acts of the node')).action(async (flags: QueryFlags) =>
      (await load()).acts(flags),
    ),
  )
  query.addCommand(
    asking('nodes', say('本账本的节点及其接口地址', 'the nodes of the ledger with their interfaces')).action(
      async (flags: QueryFlags) => (await load()).nodes(flags),
    ),
  )
  return query
}

const asking = (name: string, description: string): Command =>
  new Command(name).description(description).addOption(nodeOption()).addOption(tlsOption()).addOption(viewerOption())
