import { Command } from 'commander'
import { say } from '../language.ts'
import { tlsOption } from '../online/connection.ts'
import type { ListsFlags } from '../projections/status.ts'

export function projectionsCommand(): Command {
  const status = common('status', say('列表落后账本多少', 'how far lists are behind the ledger')).action(
    async (flags: ListsFlags) => {
      process.exitCode = await (await import('../projections/status.ts')).status(flags)
    },
  )
  const rebuild = common(
    'rebuild',
    say(
      '清空列表并由账本重建（节点可在运行）',
      'drop the lists and make them again from the ledger, the node running or not',
    ),
  ).action(async (flags: ListsFlags) => (await import('../projections/rebuild.ts')).rebuild(flags))
  return new Command('projections')
    .description(say('跟随账本的列表（检索、图表所用）', 'the lists that follow a ledger, for search and charts'))
    .addCommand(status)
    .addCommand(rebuild)
}

const common = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .requiredOption(
      '--data <dir>',
      say('节点的数据文件夹', "the node's data folder, or the home of a node of a network"),
    )
    .addOption(tlsOption())
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
