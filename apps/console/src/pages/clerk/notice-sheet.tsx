import type { NoticePayload } from '@dujiang/market'
import { useOrg } from '../../api/roles.ts'
import type { NoticeTexts } from '../../forms/notice/notice-texts.ts'
import { useWords } from '../../i18n/words.ts'
import { NoticeFacts } from '../../market/notice-facts.tsx'
import { noticeWords } from '../../market/notice-words.ts'

/** The notice as others will read it; while something cannot be read, what stands so far. */
export function NoticeSheet({
  texts,
  payload,
}: {
  readonly texts: NoticeTexts
  readonly payload: NoticePayload | undefined
}) {
  const say = useWords(noticeWords)
  const org = useOrg()
  return (
    <div className="sheet">
      <p className="sheet-org">{org?.name}</p>
      <h3>{texts.name === '' ? say('field.name') : texts.name}</h3>
      {payload === undefined ? null : (
        <NoticeFacts
          id={payload.session}
          notice={{ ...payload, stepsMax: payload.stepsMax ?? 0, org: org?.id ?? '' }}
        />
      )}
    </div>
  )
}
