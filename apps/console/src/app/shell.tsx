import { useEffect, useRef } from 'react'
import { Outlet, ScrollRestoration, useLocation } from 'react-router'
import { useFollowing } from '../api/live.ts'
import { useStatus } from '../api/queries.ts'
import { i18n } from '../i18n/i18n.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { useIdleSignOut } from '../keys/idle.ts'
import { Tour } from '../learn/tour/tour.tsx'
import { useGoKeys } from './go-keys.ts'
import { KeyDenied } from './key-denied.tsx'
import { NodeBack } from './node-back.tsx'
import { NodeSilent } from './node-silent.tsx'
import { usePreferences } from '../preferences/preferences.ts'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { UnderWay } from './under-way.tsx'

/** The frame around every page. */
export function Shell() {
  const say = useWords(shellWords)
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  useFollowing()
  useIdleSignOut()
  useGoKeys()
  // Whoever goes on by keyboard starts on the page, not in the rail again.
  const first = useRef(true)
  useEffect(() => {
    // Without a scroll, which would take the banner of a demo out of sight.
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [pathname])
  return (
    <div className="shell">
      <a className="unseen" href="#main">
        {say('skip.to.content')}
      </a>
      <DemoBanner />
      <TopBar />
      <Rail />
      <main id="main" className="main" ref={main} tabIndex={-1}>
        <NodeSilent />
        <div className="notices">
          <NodeBack />
          <KeyDenied />
          <UnderWay />
        </div>
        <Outlet />
      </main>
      <Tour />
      <ScrollRestoration />
    </div>
  )
}

function DemoBanner() {
  const say = useWords(shellWords)
  const { data } = useStatus()
  const { language } = usePreferences()
  return data?.demo === true ? (
    <div className="banner" role="note">
      {/* The words of the market's people stand on every page of a demo, in whatever language the rest is. */}
      {language === 'en' ? <span lang="zh-CN">{i18n.getFixedT('zh', shellWords.area)('demo')}</span> : null}
      {say('demo')}
    </div>
  ) : null
}
