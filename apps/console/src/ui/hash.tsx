import { App, Tooltip } from 'antd'
import { uiWords } from '../i18n/ui-words.ts'
import { useWords } from '../i18n/words.ts'

/** A digest or an id, shortened in the middle unless `whole`; pressed, it is copied as a whole. */
export function HashText({ value, whole = false }: { readonly value: string; readonly whole?: boolean }) {
  const say = useWords(uiWords)
  const { message } = App.useApp()
  const copy = (): void => {
    void navigator.clipboard.writeText(value).then(() => message.success(say('copy.done')))
  }
  const shown = whole || value.length <= 16 ? value : `${value.slice(0, 8)}…${value.slice(-6)}`
  return (
    <Tooltip title={whole ? undefined : value}>
      <button type="button" className="hash mono" onClick={copy} aria-description={`${say('copy')} ${value}`}>
        {shown}
      </button>
    </Tooltip>
  )
}
