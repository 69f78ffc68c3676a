import { type ThemeConfig, theme } from 'antd'
import { useEffect, useSyncExternalStore } from 'react'
import { usePreferences } from '../preferences/preferences.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** Is the console dark now? Also told to the page, whose own colours follow (styles/tokens.css). */
export function useDark(): boolean {
  const { appearance } = usePreferences()
  const systemIsDark = useSyncExternalStore(
    (listener) => {
      dark.addEventListener('change', listener)
      return () => dark.removeEventListener('change', listener)
    },
    () => dark.matches,
  )
  const isDark = appearance === 'system' ? systemIsDark : appearance === 'dark'
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }, [isDark])
  return isDark
}

/** Ant Design in our colours; styles/tokens.css has the same ones for what is ours. */
export function antdTheme(isDark: boolean): ThemeConfig {
  const colours = isDark
    ? {
        colorPrimary: '#5fc4bd',
        colorBgBase: '#191d1c',
        colorBgContainer: '#1f2423',
        colorBgElevated: '#262c2b',
        colorTextBase: '#e7e9e5',
        colorTextPlaceholder: '#929b97',
        colorBorder: '#46504d',
        colorBorderSecondary: '#343c3a',
        colorError: '#f0857b',
        colorWarning: '#dba24a',
        colorSuccess: '#6fbf8b',
      }
    : {
        colorPrimary: '#0b6e6e',
        colorBgBase: '#ffffff',
        colorTextBase: '#1d2423',
        colorTextPlaceholder: '#6b726f',
        colorBorder: '#c6c1b7',
        colorBorderSecondary: '#e2ded6',
        colorError: '#b3261e',
        colorWarning: '#9a5b00',
        colorSuccess: '#2a6f45',
      }
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colours,
      colorInfo: colours.colorPrimary,
      colorLink: colours.colorPrimary,
      fontFamily: 'var(--font)',
      fontSize: 13,
      borderRadius: 4,
      fontSizeSM: 12,
      controlHeight: 28,
      controlHeightSM: 24,
      wireframe: false,
      // Nothing moves that does not carry news.
      motion: false,
      boxShadow: 'var(--shadow)',
      boxShadowSecondary: 'var(--shadow)',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        ...(isDark ? { primaryColor: '#06201e' } : {}),
      },
      Segmented: {
        trackBg: isDark ? '#262c2b' : '#e9e6df',
        itemColor: 'var(--ink-2)',
        ...(isDark ? { itemSelectedBg: '#43504d' } : {}),
      },
    },
  }
}
