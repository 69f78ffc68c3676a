import { Command } from 'commander'
import { say } from '../language.ts'
import { foundingCommands } from './network/founding.ts'
import { runningCommands } from './network/running.ts'
import { validatorCommand } from './network/validator.ts'

export function networkCommand(): Command {
  const network = new Command('network').description(
    say('多家机构共同运行一个账本', 'one ledger run by several organisations'),
  )
  for (const command of foundingCommands()) network.addCommand(command)
  for (const command of runningCommands()) network.addCommand(command)
  return network.addCommand(validatorCommand()).addCommand(appCommand(), { hidden: true })
}

/** What a supervisor starts. */
function appCommand(): Command {
  return new Command('app').argument('<home>').action(async (home: string) => {
    await (await import('../network/run.ts')).app(home)
  })
}
