import type { Status } from '@dujiang/client'
import { Segmented, Tooltip } from 'antd'
import { Link } from 'react-router'
import { useLive } from '../api/live.ts'
import { useStatus } from '../api/queries.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { type EnergyShown, type Language, setPreferences, usePreferences } from '../preferences/preferences.ts'
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
        <Segmented<EnergyShown>
          className="wide"
          size="small"
          aria-label={say('units.label')}
          value={energy}
          options={[
            { value: 'MWh', label: language === 'zh' ? '兆瓦时' : 'MWh' },
            { value: '万千瓦时', label: language === 'zh' ? '万千瓦时' : '10⁴ kWh' },
          ]}
          onChange={(chosen) => setPreferences({ energy: chosen })}
        />
        <Segmented<Language>
          size="small"
          aria-label={say('language.label')}
          value={language}
          options={[
            { value: 'zh', label: '中' },
            { value: 'en', label: 'EN' },
          ]}
          onChange={(chosen) => setPreferences({ language: chosen })}
        />
        <IdentityMenu />
      </div>
    </header>
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

function troubleOf({ failure, stalled }: Status) {
  if (failure !== undefined) return { word: 'node.failed', reason: failure } as const
  if (stalled !== undefined) return { word: 'node.stalled', reason: stalled } as const
  return undefined
}
