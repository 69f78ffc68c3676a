import { Command } from 'commander'
import { say } from '../../language.ts'
import type { ImportFlags } from '../../network/import.ts'
import { tlsOption } from '../../online/connection.ts'
import type { CheckpointFlags } from '../../network/checkpoint.ts'
import type { ResetFlags } from '../../network/reset.ts'
import type { LocalFlags } from '../../network/local.ts'
import type { StatusFlags } from '../../network/status.ts'

/** Daily work with nodes that are laid out. */
export const runningCommands = (): readonly Command[] => [
  startCommand(),
  stopCommand(),
  statusCommand(),
  restartCommand(),
  importCommand(),
  resetCommand(),
  localCommand(),
  checkpointCommand(),
  evidenceCommand(),
]

const homeArgument = (): readonly [string, string] => ['<home>', say('节点文件夹', 'the home of the node')]

function startCommand(): Command {
  return new Command('start')
    .description(say('运行节点：监督账本进程和 cometbft', 'run a node: supervise the ledger process and cometbft'))
    .argument(...homeArgument())
    .action(async (home: string) => (await import('../../network/run.ts')).start(home))
}

function stopCommand(): Command {
  return new Command('stop')
    .description(say('停止节点', 'stop a node'))
    .argument(...homeArgument())
    .action(async (home: string) => (await import('../../network/run.ts')).stop(home))
}

function statusCommand(): Command {
  return new Command('status')
    .description(
      say(
        '本机节点的高度、对端、落后、应用哈希和报警',
        'heights, peers, lag, app hashes and alarms of nodes on this machine',
      ),
    )
    .argument('[home...]', say('节点文件夹', 'homes of nodes'))
    .option('--dir <dir>', say('其中的所有节点', 'all homes in this folder'))
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (homes: readonly string[], flags: StatusFlags) => {
      process.exitCode = await (await import('../../network/status.ts')).status(homes, flags)
    })
}

function restartCommand(): Command {
  return new Command('restart')
    .description(
      say('逐个重启节点，追上一个再动下一个', 'restart nodes one by one, the next when this one has caught up'),
    )
    .argument('[home...]', say('节点文件夹', 'homes of nodes'))
    .option('--dir <dir>', say('其中的所有节点', 'all homes in this folder'))
    .action(async (homes: readonly string[], flags: { readonly dir?: string }) =>
      (await import('../../network/restart.ts')).restart(homes, flags),
    )
}

function importCommand(): Command {
  return new Command('import')
    .description(
      say(
        '由快照加入的节点：从导出文件补上加入之前的历史（节点须已停止）',
        'give a node that joined by snapshot the blocks before it, from an export (the node is stopped)',
      ),
    )
    .argument('<export>', say('导出的文件夹', 'the exported folder'))
    .requiredOption('--home <dir>', say('节点文件夹', 'the home of the node'))
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (from: string, flags: ImportFlags) => (await import('../../network/import.ts')).importTo(from, flags))
}

function resetCommand(): Command {
  return new Command('reset')
    .description(
      say(
        '清空已停止节点的账本数据，重新加入；密钥与防双签记录不动',
        "empty a stopped node's data so that it joins anew; keys and the record of what it has signed stay",
      ),
    )
    .argument(...homeArgument())
    .requiredOption('--data', say('确认清空账本数据', 'yes, the data of the ledger goes'))
    .option(
      '--forget-promises',
      say('受理了而尚未入块的操作也一并忘掉', 'acts that it has promised and that may be in no block yet go too'),
    )
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (home: string, flags: ResetFlags) => (await import('../../network/reset.ts')).reset(home, flags))
}

function localCommand(): Command {
  return new Command('local')
    .description(say('在一台机器上演练整个网络', 'rehearse a whole network on one machine'))
    .requiredOption('--dir <dir>', say('网络文件夹，没有就新建', 'the folder of the network, made when missing'))
    .option('--validators <n>', say('验证节点数', 'how many validators'), '4')
    .option('--full-nodes <n>', say('全节点数', 'how many full nodes'), '2')
    .option('--port <n>', say('首个端口，每个节点占十个', 'the first port; a node takes ten'), '26700')
    .option('--tls', say('接口用 TLS', 'let the interfaces speak TLS'))
    .action(async (flags: LocalFlags) => (await import('../../network/local.ts')).local(flags))
}

function checkpointCommand(): Command {
  return new Command('checkpoint')
    .description(
      say(
        '取一份节点的见证，以后可核对历史是否被改写',
        'keep what a node vouches for, to see later whether history was rewritten',
      ),
    )
    .argument('<card>', say('该节点的名片', 'the card of the node'))
    .requiredOption('-o, --out <file>', say('要写的文件', 'the file to write'))
    .addOption(tlsOption())
    .action(async (card: string, flags: CheckpointFlags) =>
      (await import('../../network/checkpoint.ts')).checkpoint(card, flags),
    )
}

function evidenceCommand(): Command {
  return new Command('evidence')
    .description(
      say(
        '把 dujiang light 发现的分叉作为证据提交给本节点的引擎，记录在链',
        'hand a divergence found by dujiang light to the engine of a running node, which puts it on record',
      ),
    )
    .argument('<file>', say('dujiang light 写出的证据文件', 'the evidence that dujiang light wrote'))
    .requiredOption('--home <dir>', say('节点文件夹', 'the home of the node'))
    .action(async (file: string, flags: { readonly home: string }) =>
      (await import('../../network/evidence.ts')).evidence(file, flags),
    )
}
