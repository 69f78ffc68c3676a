import { Command, Option } from 'commander'
import { say } from '../language.ts'
import { nodeOption, tlsOption } from '../online/connection.ts'
import type { SubmitFlags } from '../online/submit.ts'

export function submitCommand(): Command {
  return new Command('submit')
    .description(
      say(
        '签名并提交一个操作，等待结果；也可提交已签名的文件',
        'sign an act, submit it and wait for what the ledger decides; also takes an act already signed',
      ),
    )
    .argument(
      '<file>',
      say(
        '{"act":…,"payload":…} 或已签名的操作，- 为标准输入',
        '{"act":…,"payload":…} or a signed act; - for standard input',
      ),
    )
    .addOption(nodeOption())
    .addOption(tlsOption())
    .option('--key <file>', say('签名用的密钥文件', 'the key file to sign with'))
    .option('--act <name>', say('操作名称（文件里只有载荷时）', 'the act, when the file holds its payload only'))
    .option('--ref <text>', say('自己的编号', 'your own reference'))
    .option('--minutes <n>', say('有效分钟数', 'minutes it may wait for a block'))
    .addOption(
      new Option('--wait <state>', say('等到何时', 'what to wait for'))
        .choices(['committed', 'provable', 'accepted'])
        .default('committed'),
    )
    .option('--again', say('此前已发送过：问到结果确定为止', 'it has been sent before: ask until its fate is certain'))
    .option('--dry-run', say('只打印将要签名的内容', 'print what would be signed, and stop'))
    .option(
      '--sign-to <file>',
      say('只签名并写入文件（可经隔离装置带走）', 'sign into a file, to be carried, and stop'),
    )
    .option('--genesis <file>', say('离线签名时的创世文件', 'the genesis file, to sign without a node'))
    .action(async (file: string, flags: SubmitFlags) => {
      const { submit } = await import('../online/submit.ts')
      process.exitCode = await submit(file, flags)
    })
}
