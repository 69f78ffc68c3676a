import { Command, Option } from 'commander'
import { say } from '../../language.ts'
import type { HomeFlags } from '../../network/home.ts'
import type { JoinFlags } from '../../network/join.ts'
import type { FoundFlags } from '../../network/found.ts'
import type { NewCertificate, NewNode } from '../../network/keys.ts'

/** From an organisation's own keys to its laid-out node. */
export const foundingCommands = (): readonly Command[] => [
  keysCommand(),
  certificateCommand(),
  foundCommand(),
  admitCommand(),
  dismissCommand(),
  homeCommand(),
  joinCommand(),
  peersCommand(),
]

const consortiumOption = (): Option =>
  new Option(
    '--consortium <dir>',
    say('公共文件：genesis.json、consortium.json', 'the public files: genesis.json and consortium.json'),
  ).makeOptionMandatory()

const keysOption = (): Option =>
  new Option(
    '--keys <dir>',
    say('本机构节点密钥的文件夹', "the folder of this organisation's node keys"),
  ).makeOptionMandatory()

function keysCommand(): Command {
  return new Command('keys')
    .description(
      say(
        '为本机构的节点新建密钥和名片；密钥不出此文件夹',
        "make keys and card of this organisation's node; the keys stay in the folder",
      ),
    )
    .requiredOption('--org <id>', say('机构编号', 'the organisation'))
    .requiredOption('--name <text>', say('机构名称', 'its name'))
    .requiredOption('--controller <text>', say('实际控制人', 'its ultimate controller'))
    .addOption(
      new Option('--role <role>', say('验证节点或全节点', 'does the node vote'))
        .choices(['validator', 'full'])
        .default('validator'),
    )
    .requiredOption('--host <host>', say('其他节点连接的地址', 'where the other nodes reach it'))
    .option('--p2p-port <n>', say('其他节点连接的端口', 'and at which port'), '26656')
    .requiredOption(
      '--api <url>',
      say('接口地址，如 https://node.example:26680', 'its interface, such as https://node.example:26680'),
    )
    .requiredOption('--out <dir>', say('要新建的文件夹', 'the folder to be made'))
    .action(async (flags: NewNode) => (await import('../../network/keys.ts')).networkKeys(flags))
}

function certificateCommand(): Command {
  return new Command('certificate')
    .description(
      say(
        '由本机构签发证书：--name 为一台客户机，否则为节点接口换新',
        'issue a certificate: for a client machine with --name, else a new one for the node',
      ),
    )
    .addOption(keysOption())
    .option('--name <text>', say('客户机名称', 'the client machine'))
    .option('--out <dir>', say('写入的文件夹', 'where to write it'))
    .option(
      '--new-authority',
      say(
        '换新签发机构，连同节点与桌面证书；旧证书随新名片作废',
        'a new authority, with certificates of node and desk; the new card makes the old ones void',
      ),
    )
    .action(async (flags: NewCertificate) => (await import('../../network/keys.ts')).certificate(flags))
}

function foundCommand(): Command {
  return new Command('found')
    .description(
      say(
        '由组网清单和各成员名片生成公共文件；各成员各自运行，核对哈希',
        'make the public files from manifest and cards; every member does, and compares hashes',
      ),
    )
    .argument('<manifest>', say('组网清单', 'the manifest'))
    .requiredOption('--cards <dir>', say('各成员名片的文件夹', "the folder of the members' cards"))
    .requiredOption('--out <dir>', say('要新建的文件夹', 'the folder to be made'))
    .option(
      '--follows <data>',
      say(
        '承接试点：已停止的单机账本的数据文件夹',
        'follow a pilot: the data folder of a stopped ledger of one machine',
      ),
    )
    .action(async (manifest: string, flags: FoundFlags) =>
      (await import('../../network/found.ts')).found(manifest, flags),
    )
}

function admitCommand(): Command {
  return new Command('admit')
    .description(say('把一张名片加入节点清单', 'add the node of a card to the list of nodes'))
    .argument('<card>', say('名片', 'the card'))
    .addOption(consortiumOption())
    .action(async (card: string, flags: { readonly consortium: string }) =>
      (await import('../../network/admit.ts')).admit(card, flags),
    )
}

function dismissCommand(): Command {
  return new Command('dismiss')
    .description(say('从节点清单移除一家机构的节点', "take an organisation's node out of the list of nodes"))
    .argument('<org>', say('机构编号', 'the organisation'))
    .addOption(consortiumOption())
    .action(async (org: string, flags: { readonly consortium: string }) =>
      (await import('../../network/admit.ts')).dismiss(org, flags),
    )
}

function homeCommand(): Command {
  return layingOut('home', say('布置本机构的节点', "lay out this organisation's node")).action(
    async (home: string, flags: HomeFlags) => (await import('../../network/home.ts')).home(home, flags),
  )
}

function joinCommand(): Command {
  return layingOut('join', say('布置加入现有网络的节点', 'lay out a node that joins a network which runs already'))
    .addOption(
      new Option(
        '--by <way>',
        say(
          '重放全部区块，或从快照开始；不写则重放，首个区块已不可得时拒绝',
          'execute all blocks, or begin from a snapshot; the former unless told, refused where the first block is gone',
        ),
      ).choices(['replay', 'snapshot']),
    )
    .option(
      '--from <urls>',
      say('快照：两个节点的引擎 RPC，逗号分隔', 'for a snapshot: the RPC of two engines, parted by a comma'),
    )
    .option(
      '--trust <height:hash>',
      say(
        '快照：从此区块头起验证（默认从创世文件）',
        'for a snapshot: verify from this header on (from the genesis file unless told)',
      ),
    )
    .action(async (home: string, flags: JoinFlags) => (await import('../../network/join.ts')).joinNetwork(home, flags))
}

const layingOut = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<home>', say('要新建的节点文件夹', 'the folder to be made'))
    .addOption(consortiumOption())
    .addOption(keysOption())
    .option(
      '--pilot <data>',
      say('所承接试点的数据文件夹或备份', 'the pilot that is followed: its data folder or a backup'),
    )
    .option('--listen <address>', say('监听地址（默认全部网卡）', 'address to listen on (all unless told)'))
    .option('--rpc <n>', say('引擎 RPC 端口，仅本机', "the engine's RPC port, on loopback"), '26657')
    .option(
      '--metrics <n>',
      say('三个指标端口的首个，仅本机', 'the first of three ports for Prometheus, on loopback'),
      '26660',
    )

function peersCommand(): Command {
  return new Command('peers')
    .description(say('节点清单变了：更新节点所认的对端', 'the list of nodes has changed: tell a node its peers'))
    .argument('<home>', say('节点文件夹', 'the home of the node'))
    .addOption(consortiumOption())
    .action(async (home: string, flags: { readonly consortium: string }) =>
      (await import('../../network/admit.ts')).takePeers(home, flags),
    )
}
