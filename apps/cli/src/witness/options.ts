import { Option } from 'commander'
import { say } from '../language.ts'

/** Of an option that may be given several times. */
export const further = (file: string, before: readonly string[]): readonly string[] => [...before, file]

export const checkpointOption = (): Option =>
  new Option('--checkpoint <file>', say('保存的见证，可多次', 'a checkpoint that was kept, repeatable'))
    .argParser(further)
    .default([], say('无', 'none'))

export const witnessOption = (): Option =>
  new Option('--witness <card>', say('见证者的节点名片，可多次', "the card of a witness's node, repeatable"))
    .argParser(further)
    .default([], say('无', 'none'))
