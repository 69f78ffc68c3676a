import { Command } from 'commander'
import { say } from '../language.ts'
import type { LightFlags } from '../light/light.ts'
import { nodeOption, tlsOption } from '../online/connection.ts'

export function lightCommand(): Command {
  return new Command('light')
    .description(
      say(
        '轻客户端：向多个节点索取并核验最新区块头，不信任其中任何一个',
        'a light client: verify the newest header from several nodes, believing none of them',
      ),
    )
    .addOption(nodeOption())
    .addOption(tlsOption())
    .requiredOption('--genesis <file>', say('自己保存的创世文件', 'the genesis file you trust'))
    .option(
      '--trust <height:hash>',
      say('信任的区块头；不给则起于创世文件', 'a header you trust, else trust begins with the genesis file'),
    )
    .option('--days <n>', say('信任期（天）', 'days for which a header vouches'), '7')
    .option(
      '--store <file>',
      say('已核验区块头的文件，下次由此继续', 'a file with what is verified, to go on from next time'),
    )
    .option(
      '--evidence <file>',
      say('出现两条链时证据写到何处', 'where the evidence of two chains goes'),
      'divergence.json',
    )
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (flags: LightFlags) => {
      process.exitCode = await (await import('../light/light.ts')).light(flags)
    })
}
