import { Command } from 'commander'
import { say } from '../language.ts'
import type { ItalyOptions } from '../demo/italy.ts'

export function demoCommand(): Command {
  return new Command('demo').description(say('演示', 'demonstrations')).addCommand(italyCommand())
}

function italyCommand(): Command {
  return new Command('italy')
    .description(
      say(
        '外部验证：把意大利日前市场的真实申报登记为外部场次，由账本复算并与公布价核对',
        'an external check: a real month of the Italian day-ahead market as recorded sessions, re-derived and compared',
      ),
    )
    .option(
      '--data <dir>',
      say(
        '交易所数据目录（含 bid-curves.csv.gz），否则为账本目录',
        'the folder of the exchange’s files (with bid-curves.csv.gz), else that of the ledger',
      ),
    )
    .option('--source <dir>', say('交易所数据目录', 'the folder of the exchange’s files'))
    .option(
      '--ledger <dir>',
      say('账本目录（不填则用临时目录）', 'the folder of the ledger; a temporary one when left out'),
    )
    .option('--days <list>', say('日期，如 1-15、3、1,4-6', 'days of the month: 1-15, 3, or 1,4-6'), '1-15')
    .option(
      '--prices <file>',
      say('另一公布价文件（.csv 或 .csv.gz）', 'a further file of published prices (.csv or .csv.gz)'),
    )
    .option('--json', say('每小时输出一行 JSON', 'one line of JSON an hour'))
    .action(async (options: ItalyOptions) => {
      const { demoItaly } = await import('../demo/italy.ts')
      process.exitCode = await demoItaly(options)
    })
}
