import { Command } from 'commander'
import { say } from '../language.ts'
import type { OmissionFlags } from '../omission/omission.ts'
import { nodeOption, tlsOption, viewerOption } from '../online/connection.ts'

export function omissionCommand(): Command {
  return new Command('omission')
    .description(
      say(
        '节点受理后是否在承诺期限内上链：收集证据，写成一份可离线核验的文件',
        'has a node kept its promise for an act it took in: gather what shows it, in a file that can be verified offline',
      ),
    )
    .argument('<act>', say('已签名的操作（submit --sign-to 所写）', 'the signed act, as submit --sign-to wrote it'))
    .argument(
      '<intake>',
      say('受理回执（submit --wait accepted 的输出）', 'the intake receipt, as submit --wait accepted printed it'),
    )
    .requiredOption('--genesis <file>', say('自己保存的创世文件', 'the genesis file you trust'))
    .requiredOption('-o, --out <file>', say('要写的文件', 'the file to write'))
    .addOption(nodeOption())
    .addOption(tlsOption())
    .addOption(viewerOption())
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (act: string, intake: string, flags: OmissionFlags) => {
      process.exitCode = await (await import('../omission/omission.ts')).omission(act, intake, flags)
    })
}
