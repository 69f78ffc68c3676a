import { Command } from 'commander'
import { say } from '../language.ts'

export function calcCommand(): Command {
  return new Command('calc').description(say('不连账本，直接计算', 'calculate without a ledger')).addCommand(
    new Command('auction')
      .description(
        say(
          '集中竞价出清：读入一本申报（.ndjson 则每行一本），输出 JSON 结果',
          'clear a call auction: reads one book (of .ndjson one a line) and prints the result as JSON',
        ),
      )
      .argument('<book>', say('申报文件，- 为标准输入', 'file with the book, - for standard input'))
      .option('--ndjson', say('每行一本（文件名不是 .ndjson 时）', 'one book a line, whatever the file is called'))
      .option('--pretty', say('多行输出', 'indent the result'))
      .action(async (book: string, options: { readonly ndjson?: true; readonly pretty?: true }) => {
        const { calcAuction } = await import('../calc/auction.ts')
        process.exitCode = await calcAuction(book, { pretty: options.pretty === true, lines: options.ndjson === true })
      }),
  )
}
