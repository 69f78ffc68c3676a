import { Command } from 'commander'
import { say } from '../language.ts'
import { checkpointOption, further, witnessOption } from '../witness/options.ts'

interface Flags {
  readonly genesis: string
  readonly receipt: readonly string[]
  readonly follows?: string
  readonly checkpoint: readonly string[]
  readonly witness: readonly string[]
  readonly json?: true
  readonly threads?: string
}

export function auditCommand(): Command {
  return new Command('audit')
    .description(
      say('不用节点，从导出文件逐块核验并重新执行整条链', 'check and re-execute a whole exported chain, with no node'),
    )
    .argument('<dir>', say('导出的文件夹', 'the exported folder'))
    .requiredOption('--genesis <file>', say('自己保存的创世文件', 'the genesis file you trust'))
    .option(
      '--receipt <file>',
      say(
        '以前保存的回执，可多次：改写并重签的链由此暴露',
        'a receipt kept from earlier, repeatable: exposes a rewritten, re-signed chain',
      ),
      further,
      [],
    )
    .addOption(checkpointOption())
    .addOption(witnessOption())
    .option('--follows <dir>', say('它所承接的试点的导出文件夹', 'the export of the pilot that it follows'))
    .option('--threads <n>', say('验签线程数（默认每核一个）', 'threads that check signatures (one a core)'))
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (dir: string, flags: Flags) => {
      const { audit } = await import('../audit/audit.ts')
      process.exitCode = await audit(dir, flags)
    })
}
