import { Command } from 'commander'
import { say } from '../language.ts'
import { nodeOption, tlsOption } from '../online/connection.ts'
import type { AnnounceFlags } from '../session/announce.ts'
import type { ApproveFlags, PostponeFlags, ReasonFlags } from '../session/change.ts'
import type { DeskFlags } from '../session/desk.ts'

export function sessionCommand(): Command {
  return new Command('session')
    .description(
      say(
        '交易中心的场次：按模板公告、延期、作废、催报；单元尚可申报多少',
        "a trading centre's sessions: announce from a template, postpone, void, remind; what a unit may still bid",
      ),
    )
    .addCommand(
      new Command('templates').description(say('公告模板', 'templates of notices')).action(async () => {
        const { showTemplates } = await import('../session/announce.ts')
        await showTemplates()
      }),
    )
    .addCommand(announceCommand())
    .addCommand(postponeCommand())
    .addCommand(voidCommand())
    .addCommand(approveCommand())
    .addCommand(remindCommand())
    .addCommand(roomCommand())
}

const atDesk = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(nodeOption())
    .addOption(tlsOption())
    .requiredOption('--key <file>', say('签名用的密钥文件', 'the key file to sign with'))

const sessionArgument = say('场次编号', "the session's id")
const reasonText = say('事由', 'the reason, on record')

function announceCommand(): Command {
  return atDesk('announce', say('按模板发布交易公告', 'announce a session from a template'))
    .argument('<session>', sessionArgument)
    .requiredOption(
      '--template <id>',
      say('模板（session templates 列出）', 'a template: session templates lists them'),
    )
    .requiredOption('--sequence <id>', say('交易序列编号', "the sequence's id"))
    .option(
      '--set <field=value>',
      say('改一项，可多次，如 stepsMax=2', 'another value of a field, repeatable, such as stepsMax=2'),
      (pair: string, before: readonly string[]) => [...before, pair],
      [],
    )
    .option(
      '--opens <time>',
      say('申报开始，如 2026-12-24T09:30:00+08:00', 'opens at, such as 2026-12-24T09:30:00+08:00'),
    )
    .option('--gate <time>', say('申报截止', 'gate at'))
    .option('--dry-run', say('只检查并打印公告，不提交', 'check and print the notice, and stop'))
    .action(async (session: string, flags: AnnounceFlags) => {
      const { announce } = await import('../session/announce.ts')
      process.exitCode = await announce(session, flags)
    })
}

function postponeCommand(): Command {
  return atDesk('postpone', say('拟定延期，由另一人批准', 'prepare a postponement; another person approves it'))
    .argument('<session>', sessionArgument)
    .requiredOption('--reason <text>', reasonText)
    .option('--opens <time>', say('新的申报开始（开始之前）', 'new opening, before it opens'))
    .option('--gate <time>', say('新的申报截止', 'new gate'))
    .option('--from <date>', say('新的交割起始日（开始之前）', 'new first day of delivery, before it opens'))
    .option('--to <date>', say('新的交割终止日（开始之前）', 'new last day of delivery, before it opens'))
    .action(async (session: string, flags: PostponeFlags) => {
      const { postpone } = await import('../session/change.ts')
      process.exitCode = await postpone(session, flags)
    })
}

function voidCommand(): Command {
  return atDesk('void', say('拟定作废，由另一人批准', 'prepare that a session is void; another person approves it'))
    .argument('<session>', sessionArgument)
    .requiredOption('--reason <text>', reasonText)
    .action(async (session: string, flags: ReasonFlags) => {
      const { prepareVoid } = await import('../session/change.ts')
      process.exitCode = await prepareVoid(session, flags)
    })
}

function approveCommand(): Command {
  return atDesk('approve', say('批准延期或作废', 'approve a postponement, or that a session is void'))
    .argument('<session>', sessionArgument)
    .option(
      '--digest <hex>',
      say('所批准变更的摘要；不给则只显示待批准的变更', 'digest of the change; without it what waits is shown'),
    )
    .action(async (session: string, flags: ApproveFlags) => {
      const { approve } = await import('../session/change.ts')
      process.exitCode = await approve(session, flags)
    })
}

function remindCommand(): Command {
  return atDesk('remind', say('催报', 'remind the units of an open session'))
    .argument('<session>', sessionArgument)
    .action(async (session: string, flags: DeskFlags) => {
      const { remind } = await import('../session/change.ts')
      process.exitCode = await remind(session, flags)
    })
}

function roomCommand(): Command {
  return atDesk('room', say('单元各时段尚可申报多少', 'what a unit may still bid in each period'))
    .argument('<session>', sessionArgument)
    .argument('<unit>', say('交易单元编号', "the unit's id"))
    .option('--replacing <order>', say('视此申报已撤回', 'as if this order had left'))
    .action(async (session: string, unit: string, flags: DeskFlags & { readonly replacing?: string }) => {
      const { showRoom } = await import('../session/room.ts')
      await showRoom(session, unit, flags)
    })
}
