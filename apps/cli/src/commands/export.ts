import { Command } from 'commander'
import { say } from '../language.ts'

export function exportCommand(): Command {
  return new Command('export')
    .description(
      say('把整条链写成普通文件（节点可在运行）', 'write the chain as plain files (its node may be running)'),
    )
    .argument('<out>', say('要新建的文件夹', 'the folder to be made'))
    .requiredOption('--data <dir>', say('节点的数据文件夹', "the node's data folder"))
    .option(
      '--operator',
      say(
        '包括尚未截止场次的申报（仅供运营方，勿外传）',
        'with the orders of sessions still open (for the operator only)',
      ),
    )
    .option(
      '--follows <data>',
      say('它所承接的试点（默认在旁边的 pilot）', 'the pilot that it follows (the folder pilot beside it unless told)'),
    )
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(
      async (
        out: string,
        options: { readonly data: string; readonly operator?: true; readonly follows?: string; readonly json?: true },
      ) => {
        const { exportTo } = await import('../export/export-to.ts')
        await exportTo(out, options)
      },
    )
}
