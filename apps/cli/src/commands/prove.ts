import { Command } from 'commander'
import { say } from '../language.ts'
import { nodeOption, tlsOption, viewerOption } from '../online/connection.ts'
import type { ProveFlags } from '../online/prove.ts'

export function proveCommand(): Command {
  return new Command('prove')
    .description(say('取一份可离线核验的回执文件', 'fetch a receipt that can be verified offline'))
    .argument('<id>', say('操作编号', "the act's id"))
    .requiredOption('-o, --out <file>', say('要写的文件', 'the file to write'))
    .addOption(nodeOption())
    .addOption(tlsOption())
    .addOption(viewerOption())
    .option('--seconds <n>', say('最多等几秒到可证明', 'how long to wait until it is provable'), '60')
    .option(
      '--witness <card>',
      say('同时取此节点对同一状态的见证', 'let the node of this card vouch for the same state too'),
    )
    .option('--checkpoint-to <file>', say('见证写到何处', 'where to write what it vouches for'))
    .action(async (id: string, flags: ProveFlags) => (await import('../online/prove.ts')).prove(id, flags))
}
