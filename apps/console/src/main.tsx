import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { LanguageProvider } from './i18n/language.ts'
import { resumeSample } from './keys/sample.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Who was signed in before a reload is so again before the first page asks for anything.
await resumeSample()
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
)

// For machines without a Chinese font: the rest has one before it in the list, and loads none of its files. Where the node is
// away just then, the page goes on without.
setTimeout(() => void import('@fontsource-variable/noto-sans-sc/index.css').catch(() => {}), 1_000)
