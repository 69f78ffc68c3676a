import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/words.ts'
import { glossaryWords } from './glossary-words.ts'

type Word = (typeof glossaryWords)['keys'][number]
/** The terms that are explained. */
export type TermName = Word extends infer Key ? (Key extends `${infer Name}.means` ? Name : never) : never

export const termNames = glossaryWords.keys
  .filter((key) => key.endsWith('.means'))
  .map((key) => key.slice(0, -'.means'.length) as TermName)

interface TermProps {
  readonly name: TermName
  /** Without it the term's own name. */
  readonly children?: ReactNode
}

/** A term of the market, explained to whoever rests on it with the pointer or the keyboard. @example <Term name="gate" /> */
export function Term({ name, children }: TermProps) {
  const say = useWords(glossaryWords)
  return (
    <Tooltip title={say(`${name}.means`)} trigger={['hover', 'focus']}>
      <span className="term" tabIndex={0} role="term">
        {children ?? say(name)}
      </span>
    </Tooltip>
  )
}
