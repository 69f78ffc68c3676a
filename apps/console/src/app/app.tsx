import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntdApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US.js'
import zhCN from 'antd/locale/zh_CN.js'
import { useMemo } from 'react'
import { RouterProvider, createBrowserRouter } from 'react-router'
import { LedgerProvider } from '../api/ledger.tsx'
import { noteDenial } from '../api/standing.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { routes } from './routes.tsx'
import { antdTheme, useDark } from './theme.ts'

// What is shown is kept fresh by the event stream (api/live.ts); without it, it is old after ten seconds.
const cache = new QueryClient({
  queryCache: new QueryCache({ onError: noteDenial }),
  defaultOptions: { queries: { staleTime: 10_000, retry: 1 } },
})
const router = createBrowserRouter(routes)

/** The node puts a fresh word into each page: only styles that carry it are taken by the browser. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

export function App() {
  const { language } = usePreferences()
  const isDark = useDark()
  const theme = useMemo(() => antdTheme(isDark), [isDark])
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'zh' ? zhCN.default : enUS.default}
      csp={{ nonce }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <AntdApp component={false}>{pages}</AntdApp>
    </ConfigProvider>
  )
}

/** Always the same: only what says something anew is drawn when the language changes. */
const pages = (
  <QueryClientProvider client={cache}>
    <LedgerProvider>
      <RouterProvider router={router} />
    </LedgerProvider>
  </QueryClientProvider>
)
