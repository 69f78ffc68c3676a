import { fileURLToPath } from 'node:url'
import type { Pages } from '@dujiang/node/api'

/** The console beside the interface of a node, where it has been built: `npm run build -w apps/console`. */
export const consolePages: Pages = { dir: fileURLToPath(new URL('../../console/dist', import.meta.url)) }
