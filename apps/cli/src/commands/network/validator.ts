import { Command, Option } from 'commander'
import { say } from '../../language.ts'
import type { ValidatorFlags } from '../../network/validators.ts'
import { nodeOption, tlsOption } from '../../online/connection.ts'

type Signing = ValidatorFlags & { readonly key: string }
type Adding = Signing & { readonly power: string }

const load = () => import('../../network/validators.ts')

/** Who signs blocks is decided on the ledger by those who do. */
export function validatorCommand(): Command {
  return new Command('validator')
    .description(say('验证节点：查看、提案、同意', 'validators: list, propose, approve'))
    .addCommand(listCommand())
    .addCommand(proposeCommand())
    .addCommand(
      signing('approve', say('同意一项提案', 'approve a proposal'))
        .argument('<proposal>', say('提案编号', 'its id'))
        .action(async (proposal: string, flags: Signing) => exit(await (await load()).approve(proposal, flags))),
    )
    .addCommand(
      signing('withdraw', say('撤回同意', 'take an approval back'))
        .argument('<proposal>', say('提案编号', 'its id'))
        .action(async (proposal: string, flags: Signing) => exit(await (await load()).withdraw(proposal, flags))),
    )
}

function listCommand(): Command {
  return new Command('list')
    .description(say('现有验证节点和待决提案', 'the validators and the open proposals'))
    .addOption(nodeOption())
    .addOption(tlsOption())
    .option('--json', say('输出一行 JSON', 'print one line of JSON'))
    .action(async (flags: ValidatorFlags) => (await load()).listValidators(flags))
}

function proposeCommand(): Command {
  const who = (): readonly [string, string] => ['<who>', say('机构编号或验证公钥', 'the organisation, or the key')]
  return new Command('propose')
    .description(say('提出变更', 'propose a change'))
    .addCommand(
      signing('add', say('增加名片所述的节点', 'the node of a card is to sign blocks too'))
        .argument('<card>', say('名片', 'the card'))
        .addOption(new Option('--power <n>', say('表决权重', 'its power')).default('10'))
        .action(async (card: string, flags: Adding) => exit(await (await load()).proposeAdd(card, flags))),
    )
    .addCommand(
      signing('remove', say('移除验证节点', 'a validator is to leave'))
        .argument(...who())
        .action(async (name: string, flags: Signing) => exit(await (await load()).proposeRemove(name, flags))),
    )
    .addCommand(
      signing('power', say('变更表决权重', 'a validator is to have another power'))
        .argument(...who())
        .argument('<power>', say('权重', 'the power'))
        .action(async (name: string, power: string, flags: Signing) =>
          exit(await (await load()).proposePower(name, power, flags)),
        ),
    )
}

const signing = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(nodeOption())
    .addOption(tlsOption())
    .requiredOption('--key <file>', say('签名用的密钥文件', 'the key file to sign with'))

function exit(status: number): void {
  process.exitCode = status
}
