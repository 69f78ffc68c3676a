import { Command } from 'commander'
import { say } from '../language.ts'
import { nodeOption, tlsOption, viewerOption } from '../online/connection.ts'
import type { WatchFlags } from '../online/watch.ts'

export function watchCommand(): Command {
  return new Command('watch')
    .description(say('跟随账本，逐条打印新回执', 'follow the ledger and print each new receipt'))
    .addOption(nodeOption())
    .addOption(tlsOption())
    .addOption(viewerOption())
    .option('--after <index>', say('从此号之后开始，-1 为最早', 'begin after this receipt, -1 for the first of all'))
    .option('--count <n>', say('打印几条后结束', 'end after so many'))
    .option('--json', say('每条一行 JSON', 'one line of JSON each'))
    .action(async (flags: WatchFlags) => (await import('../online/watch.ts')).watch(flags))
}
