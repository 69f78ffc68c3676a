import { Command } from 'commander'
import { say } from '../language.ts'

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      say(
        '备份账本（节点可在运行），逐块重放以确认可用',
        'back up a ledger, its node running or not, executing every block to be sure',
      ),
    )
    .argument('<out>', say('要新建的文件夹', 'the folder to be made'))
    .requiredOption('--data <dir>', say('节点的数据文件夹', "the node's data folder"))
    .action(async (out: string, { data }: { readonly data: string }) =>
      (await import('../node/copy.ts')).backup(data, out),
    )
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description(say('从备份恢复到空文件夹', 'restore a backup into an empty folder'))
    .argument('<backup>', say('备份的文件夹', "the backup's folder"))
    .requiredOption('--data <dir>', say('新的数据文件夹，须为空', 'the new data folder, empty or absent'))
    .action(async (backup: string, { data }: { readonly data: string }) =>
      (await import('../node/copy.ts')).restore(backup, data),
    )
}
