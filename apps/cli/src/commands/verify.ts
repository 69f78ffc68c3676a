import { Command } from 'commander'
import { say } from '../language.ts'

export function verifyCommand(): Command {
  return new Command('verify')
    .description(say('离线核验一份回执', 'verify one receipt, offline'))
    .argument('<receipt>', say('回执文件，- 为标准输入', 'the receipt file, - for standard input'))
    .requiredOption('--genesis <file>', say('自己保存的创世文件', 'the genesis file you trust'))
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (receipt: string, flags: { readonly genesis: string; readonly json?: true }) => {
      const { verify } = await import('../verify/verify.ts')
      process.exitCode = await verify(receipt, flags)
    })
}
