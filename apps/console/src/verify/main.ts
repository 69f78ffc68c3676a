import './verify-page.css'
import { preferences } from '../preferences/store.ts'
import { NodeDoor } from './node.ts'
import { VerifyPage } from './page.ts'

const place = document.getElementById('verify')
if (place === null) throw new Error('the page has no #verify')

const dark = window.matchMedia('(prefers-color-scheme: dark)')
dark.addEventListener('change', showTheme)
showTheme()

// The build marks the copy that is to work from a disk; it must not so much as try.
const isOffline = document.documentElement.dataset['offline'] === 'true'
await new VerifyPage(place, isOffline ? undefined : new NodeDoor()).start()

function showTheme(): void {
  const { appearance } = preferences()
  const isDark = appearance === 'system' ? dark.matches : appearance === 'dark'
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
}
