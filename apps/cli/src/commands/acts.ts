import { Command } from 'commander'
import { say } from '../language.ts'

export function actsCommand(): Command {
  return new Command('acts')
    .description(
      say(
        '业务操作一览；带名称则列出字段、单位和可能的拒绝',
        'the business acts; with a name its fields, units and refusals',
      ),
    )
    .argument('[name]', say('操作名称，如 auction.order.submit', 'an act, such as auction.order.submit'))
    .option('--json', say('输出一行 JSON（字段为 JSON Schema）', 'print one line of JSON (fields as JSON Schema)'))
    .action(async (name: string | undefined, flags: { readonly json?: true }) => {
      const { showActs } = await import('../acts/show.ts')
      await showActs(name, flags.json === true)
    })
}
