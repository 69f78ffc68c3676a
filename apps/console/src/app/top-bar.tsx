import type { Status } from '@dujiang/client'
import { Segmented, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { useLive } from '../api/live.ts'
import { useStatus } from '../api/queries.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { type EnergyShown, type Language, setPreferences, usePreferences } from '../preferences/preferences.ts'
import { afterPaint } from '../ui/after-paint.ts'
import { Instant } from '../ui/instant.tsx'
import { IdentityMenu } from './identity-menu.tsx'

export function TopBar() {
  const say = useWords(shellWords)
  const { language, energy } = usePreferences()
  return (
    <header className="top">
      <Link className="brand" to="/sessions">
        <img src="/mark.svg" alt="" />
        {say('product')}
        <small>{say('product.line')}</small>
      </Link>
      <div className="top-right">
        <ChainState />
        <Switch<EnergyShown>
          className="wide"
          label={say('units.label')}
          value={energy}
          options={[
            { value: 'MWh', label: language === 'zh' ? '兆瓦时' : 'MWh' },
            { value: '万千瓦时', label: language === 'zh' ? '万千瓦时' : '10⁴ kWh' },
          ]}
          onChoose={(chosen) => setPreferences({ energy: chosen })}
        />
        <Switch<Language>
          label={say('language.label')}
          value={language}
          options={[
            { value: 'zh', label: '中' },
            { value: 'en', label: 'EN' },
          ]}
          onChoose={(chosen) => setPreferences({ language: chosen })}
        />
        <IdentityMenu />
      </div>
    </header>
  )
}

interface SwitchProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChoose: (value: T) => void
  readonly className?: string
}

/** Answers at once; the page that follows it is drawn anew after that. */
function Switch<T extends string>({ label, value, options, onChoose, className = '' }: SwitchProps<T>) {
  const [chosen, setChosen] = useState(value)
  useEffect(() => setChosen(value), [value])
  return (
    <Segmented<T>
      className={className}
      size="small"
      aria-label={label}
      value={chosen}
      options={[...options]}
      onChange={(next) => {
        setChosen(next)
        afterPaint(() => onChoose(next))
      }}
    />
  )
}

function ChainState() {
  const say = useWords(shellWords)
  const live = useLive()
  const { data: status } = useStatus()
  const trouble = status && troubleOf(status)
  const words = trouble === undefined ? say(`node.${live}`) : say(trouble.word, { reason: trouble.reason })
  const lag = status?.projections?.lag ?? 0
  return (
    <div className="chain" role="status">
      {status === undefined ? null : (
        <>
          <span>
            <span className="long">{say('top.time')} </span>
            <b>
              <Instant atMs={status.timeMs} seconds />
            </b>
          </span>
          <span>
            {say('top.height')} <b>{status.height}</b>
          </span>
        </>
      )}
      <Tooltip title={lag > 0 ? say('node.lag', { count: lag }) : undefined}>
        <span className="pulse" data-state={trouble === undefined ? live : 'broken'}>
          <span className="long">{words}</span>
        </span>
      </Tooltip>
    </div>
  )
}

function troubleOf({ failure, stalled, projections }: Status) {
  if (failure !== undefined) return { word: 'node.failed', reason: failure } as const
  if (stalled !== undefined) return { word: 'node.stalled', reason: stalled } as const
  if (projections?.trouble !== undefined) return { word: 'lists.stopped', reason: projections.trouble } as const
  return undefined
}
