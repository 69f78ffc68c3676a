import { Command } from 'commander'
import { say } from '../language.ts'
import type { AddFlags } from '../webhooks/add.ts'

const data = (): readonly [string, string] => ['--data <dir>', say('节点的数据文件夹', "the node's data folder")]
const name = (): readonly [string, string] => ['<name>', say('订阅的名称', 'name of the subscription')]

export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description(
      say('推送回执给其他系统：登记、列出、取消、测试', 'push receipts to other systems: add, list, remove, test'),
    )
    .addCommand(addCommand())
    .addCommand(
      new Command('list')
        .description(say('列出订阅及其进度', 'list the subscriptions and how far each is'))
        .requiredOption(...data())
        .option('--json', say('每个一行 JSON', 'one line of JSON each'))
        .action(async (flags: { readonly data: string; readonly json?: true }) =>
          (await import('../webhooks/list.ts')).list(flags.data, flags.json === true),
        ),
    )
    .addCommand(
      new Command('remove')
        .description(say('取消一个订阅', 'remove a subscription'))
        .argument(...name())
        .requiredOption(...data())
        .action(async (which: string, flags: { readonly data: string }) =>
          (await import('../webhooks/remove.ts')).remove(flags.data, which),
        ),
    )
    .addCommand(
      new Command('test')
        .description(
          say('发一次没有回执的推送，看对方如何答复', 'send a delivery without receipts and see what comes back'),
        )
        .argument(...name())
        .requiredOption(...data())
        .requiredOption('--key <file>', say('节点密钥（签名用）', "the node's key, which signs deliveries"))
        .action(async (which: string, flags: { readonly data: string; readonly key: string }) =>
          (await import('../webhooks/test.ts')).test(flags.data, which, flags.key),
        ),
    )
}

function addCommand(): Command {
  return new Command('add')
    .description(
      say('登记一个订阅；运行中的节点随即开始推送', 'add a subscription; a node that runs begins to push at once'),
    )
    .argument(...name())
    .requiredOption(...data())
    .requiredOption('--url <url>', say('接收地址，https；本机可用 http', 'where to, https; or http on this machine'))
    .option('--viewer <org>', say('以此单位的可见范围推送；默认公众', 'as whom it looks; the public unless told'))
    .option('--org <org>', say('只推此单位办理的业务', 'only acts of this organisation'))
    .option('--act <act>', say('只推此项业务', 'only this act'))
    .option('--session <session>', say('只推与此场次有关的', 'only what is about this session'))
    .option(
      '--after <index>',
      say(
        '从此号之后开始，-1 为最早；默认从现在起',
        'begin after this receipt, -1 for the first of all; from now on unless told',
      ),
    )
    .option('--allow-private', say('允许内网与本机地址', 'allow addresses of private networks and of this machine'))
    .action(async (which: string, flags: AddFlags) => (await import('../webhooks/add.ts')).add(which, flags))
}
