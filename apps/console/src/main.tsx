import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { resumeSample } from './keys/sample.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Who was signed in before a reload is so again before the first page asks for anything.
await resumeSample()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
