export type Language = 'zh' | 'en'
/** Whether the console is light or dark: as the system has it unless chosen. */
export type Appearance = 'system' | 'light' | 'dark'
/** In what energy is shown; prices stay in 元/兆瓦时. */
export type EnergyShown = 'MWh' | '万千瓦时'

/** What a person has chosen for this browser. Nothing here changes what is signed. */
export interface Preferences {
  readonly language: Language
  readonly appearance: Appearance
  readonly energy: EnergyShown
  /** Tours this person has seen to the end or put away. */
  readonly toursSeen: readonly string[]
}

const KEY = 'dujiang/preferences'
const defaults: Preferences = { language: 'zh', appearance: 'system', energy: 'MWh', toursSeen: [] }

let current = read()
const listeners = new Set<() => void>()

export function preferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still shows what was chosen until it is closed.
  }
  for (const tell of listeners) tell()
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return defaults
  }
}
