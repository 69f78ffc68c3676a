import { Command, Help, Option } from 'commander'
import { actsCommand } from './commands/acts.ts'
import { auditCommand } from './commands/audit.ts'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { calcCommand } from './commands/calc.ts'
import { demoCommand } from './commands/demo.ts'
import { exportCommand } from './commands/export.ts'
import { keysCommand } from './commands/keys.ts'
import { lightCommand } from './commands/light.ts'
import { networkCommand } from './commands/network.ts'
import { omissionCommand } from './commands/omission.ts'
import { projectionsCommand } from './commands/projections.ts'
import { proveCommand } from './commands/prove.ts'
import { queryCommand } from './commands/query.ts'
import { sessionCommand } from './commands/session.ts'
import { startCommand, stopCommand } from './commands/start.ts'
import { submitCommand } from './commands/submit.ts'
import { verifyCommand } from './commands/verify.ts'
import { watchCommand } from './commands/watch.ts'
import { webhooksCommand } from './commands/webhooks.ts'
import { report } from './failure.ts'
import { language, say } from './language.ts'

/** Runs the command line and gives the exit status. */
export async function run(): Promise<number> {
  try {
    await program().parseAsync()
    return Number(process.exitCode ?? 0)
  } catch (cause) {
    return report(cause)
  }
}

/** The whole command line; what each command needs is loaded when it runs. */
function program(): Command {
  const root = new Command('dujiang')
    .description(
      say(
        '都江：四川电力市场共享账本 (Dujiang, the shared ledger of a power market)',
        'Dujiang (都江), the shared ledger of a power market',
      ),
    )
    .option('--lang <zh|en>', say('语言 (language)', 'language (语言)'))
    .addCommand(calcCommand())
    .addCommand(actsCommand())
    .addCommand(verifyCommand())
    .addCommand(exportCommand())
    .addCommand(auditCommand())
    .addCommand(keysCommand())
    .addCommand(submitCommand())
    .addCommand(sessionCommand())
    .addCommand(queryCommand())
    .addCommand(watchCommand())
    .addCommand(proveCommand())
    .addCommand(omissionCommand())
    .addCommand(lightCommand())
    .addCommand(startCommand())
    .addCommand(stopCommand())
    .addCommand(webhooksCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(projectionsCommand())
    .addCommand(networkCommand())
    .addCommand(demoCommand())
  inOneLanguage(root)
  return root
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
}

/** The words Commander itself puts in, for this command and those under it; and errors are thrown, so that main decides the exit status. */
function inOneLanguage(command: Command): void {
  command.exitOverride().helpOption('-h, --help', say('显示帮助', 'show help'))
  if (command.commands.length > 0)
    command.helpCommand('help [command]', say('显示某命令的帮助', 'show help for a command'))
  if (language === 'zh')
    command.configureHelp({ styleTitle: (title: string) => titles[title] ?? Help.prototype.styleTitle(title) })
  command.showHelpAfterError(say('（加 --help 查看用法）', '(add --help for usage)'))
  for (const inner of command.commands) {
    inner.addOption(new Option('--lang <zh|en>').hideHelp())
    inOneLanguage(inner)
  }
}
