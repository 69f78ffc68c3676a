import { Command, Option } from 'commander'
import { say } from '../language.ts'
import type { NewKey } from '../keys/keys.ts'

export function keysCommand(): Command {
  return new Command('keys')
    .description(
      say('密钥文件：新建、查看、列出（从不显示私钥）', 'key files: make, show, list (secrets are never shown)'),
    )
    .addCommand(newCommand())
    .addCommand(
      new Command('show')
        .description(say('显示公开部分', 'show the public part'))
        .argument('<file>', say('密钥文件', 'the key file'))
        .action(async (file: string) => (await import('../keys/keys.ts')).showKey(file)),
    )
    .addCommand(
      new Command('list')
        .description(say('列出文件夹里的密钥文件', 'list the key files of a folder'))
        .argument('[dir]', say('文件夹', 'the folder'), '.')
        .action(async (dir: string) => (await import('../keys/keys.ts')).listKeys(dir)),
    )
}

function newCommand(): Command {
  return new Command('new')
    .description(say('新建密钥', 'make a key'))
    .argument('<file>', say('要写的文件，权限 0600', 'the file to write, with mode 0600'))
    .requiredOption('--org <id>', say('所属单位编号', 'the organisation it signs for'))
    .addOption(
      new Option(
        '--scheme <scheme>',
        say('单位和人员用 sm2，设备和节点用 ed25519', 'sm2 for people, ed25519 for machines and nodes'),
      )
        .choices(['sm2', 'ed25519'])
        .default('sm2'),
    )
    .option(
      '--passphrase',
      say('用口令保护（键入，或 DUJIANG_PASSPHRASE）', 'protect it with a passphrase (typed, or DUJIANG_PASSPHRASE)'),
    )
    .action(async (file: string, options: NewKey) => (await import('../keys/keys.ts')).newKey(file, options))
}
