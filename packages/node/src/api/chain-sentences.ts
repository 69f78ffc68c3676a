import type { Sentence } from './doors.ts'

/** The chain's own refusals of decision, which no Application words. */
export const chainSentences: { readonly [refusal: string]: Sentence } = {
  sequenceNotHigher: {
    zh: '序号{sequence}不大于{actor}在{stream}中上次被接受的{last}',
    en: 'Sequence {sequence} is not above {last}, the last accepted for {actor} in {stream}',
    retry: false,
  },
}
