import { Command, Option } from 'commander'
import { say } from '../language.ts'
import type { StartFlags } from '../node/start.ts'

export function startCommand(): Command {
  return new Command('start')
    .description(say('在本机运行一个账本节点', 'run a ledger node on this machine'))
    .requiredOption('--data <dir>', say('数据文件夹，没有就新建', 'the data folder, made when missing'))
    .requiredOption(
      '--key <file>',
      say(
        '区块签名密钥（ed25519，创世文件中的验证人）',
        'the key that signs blocks: ed25519, the validator of the genesis file',
      ),
    )
    .option('--genesis <file>', say('创世文件（首次启动需要）', 'the genesis file (needed the first time)'))
    .option(
      '--node-key <file>',
      say('节点密钥（默认用 --key）', 'the key that signs intake receipts (that of --key when left out)'),
    )
    .option('--port <n>', say('端口', 'port'), '26680')
    .option(
      '--metrics <n>',
      say('指标（Prometheus）端口，仅本机；默认不开', 'port for Prometheus, on loopback; none unless told'),
    )
    .addOption(
      new Option(
        '--projections <where>',
        say(
          '列表存放处：postgres://…，或 none 不建；默认在数据文件夹内',
          'where lists are kept: postgres://…, or none; in the data folder unless told',
        ),
      ).env('DUJIANG_PROJECTIONS'),
    )
    .option('--host <address>', say('监听地址', 'address to listen on'), '127.0.0.1')
    .option(
      '--after-loss <height>',
      say(
        '较新的区块确已全部丢失，放弃至此高度（账本早于密钥记录时）',
        'the newer blocks are lost for good: give up those up to this height, when the ledger is older than the record of its key',
      ),
    )
    .addOption(
      new Option(
        '--log-level <level>',
        say(
          '日志级别，JSON 行写到标准错误；info 起每个请求一行',
          'log as lines of JSON on standard error; from info on a line a request',
        ),
      )
        .choices(['error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .action(async (flags: StartFlags) => (await import('../node/start.ts')).start(flags))
}

export function stopCommand(): Command {
  return new Command('stop')
    .description(say('停止本机节点', 'stop the node on this machine'))
    .requiredOption('--data <dir>', say('它的数据文件夹', 'its data folder'))
    .action(async ({ data }: { readonly data: string }) => (await import('../node/stop.ts')).stop(data))
}
