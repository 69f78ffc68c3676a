import { Command } from 'commander'
import { say } from '../language.ts'
import { checkpointOption, witnessOption } from '../witness/options.ts'
import type { VerifyFlags } from '../verify/verify.ts'

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      say('离线核验一份回执，或一份关于受理承诺的文件', 'verify one receipt, or a file about a promise, offline'),
    )
    .argument('<receipt>', say('文件，- 为标准输入', 'the file, - for standard input'))
    .requiredOption('--genesis <file>', say('自己保存的创世文件', 'the genesis file you trust'))
    .option(
      '--signer <card|key>',
      say(
        '关于受理承诺的文件：承诺节点的名片或公钥',
        'of a file about a promise: card or key of the node that promised',
      ),
    )
    .addOption(checkpointOption())
    .addOption(witnessOption())
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (receipt: string, flags: VerifyFlags) => {
      const { verify } = await import('../verify/verify.ts')
      process.exitCode = await verify(receipt, flags)
    })
}
