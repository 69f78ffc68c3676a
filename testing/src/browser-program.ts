import { existsSync } from 'node:fs'

/** Where Debian keeps Chromium: the one that has no windows, and so costs less, before the whole one. */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const

/** The browser that tests walk through the console with. */
export const browserProgram = process.env['DUJIANG_CHROMIUM'] ?? PLACES.find((path) => existsSync(path)) ?? PLACES[0]

/** Why what needs a browser is skipped; false where there is one. */
export const NO_BROWSER = !existsSync(browserProgram) && `there is no browser at ${browserProgram} (DUJIANG_CHROMIUM)`
