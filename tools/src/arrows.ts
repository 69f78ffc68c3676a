import { posix } from 'node:path'

/** What a part of the repository may import. The picture in docs/internals/README.md is drawn from this table. */
interface Part {
  readonly folder: string
  /** Parts whose doors its `src` may use. */
  readonly mayImport: readonly string[]
  /** In the pure ring: no Node, and no third-party package but these. */
  readonly pureThirdParty?: readonly string[]
}

const packages = ['core', 'crypto', 'chain', 'market', 'client', 'projections', 'node'] as const
const pureThirdParty = ['typebox', 'sorted-btree']

/** Keys are the names after `@dujiang/`. */
export const parts: Readonly<Record<string, Part>> = {
  core: { folder: 'packages/core', mayImport: [], pureThirdParty },
  chain: { folder: 'packages/chain', mayImport: ['core'], pureThirdParty },
  market: { folder: 'packages/market', mayImport: ['core', 'chain'], pureThirdParty },
  crypto: { folder: 'packages/crypto', mayImport: ['core'] },
  client: { folder: 'packages/client', mayImport: ['core', 'chain'] },
  projections: { folder: 'packages/projections', mayImport: ['core', 'chain'] },
  node: { folder: 'packages/node', mayImport: ['core', 'chain', 'crypto', 'projections'] },
  testing: { folder: 'testing', mayImport: packages },
  'app-node': { folder: 'apps/node', mayImport: [...packages, 'testing'] },
  'app-cli': { folder: 'apps/cli', mayImport: [...packages, 'testing'] },
  'app-console': { folder: 'apps/console', mayImport: ['core', 'crypto', 'chain', 'market', 'client'] },
  tools: { folder: 'tools', mayImport: [...packages, 'testing'] },
}

/** Tests may put any packages together; they stay out of the apps, which have no door. */
const testsMayImport = [...packages, 'testing']

/** Folders that also run in a browser, beside the pure ring. */
const browserFolders = ['packages/client/src/', 'packages/crypto/src/noble/', 'apps/console/src/']

/** In the market, a family of acts knows the kernel, itself, and other families by their door only. */
const families = { root: 'packages/market/src', kernel: 'kernel', door: 'index.ts' }

/**
 * Judge one import of one file: undefined when allowed, else what is wrong and what to do.
 * Knows paths only; that the door exists is the compiler's business.
 * @param file path from the repository's root, with `/`
 * @example judgeImport('packages/core/src/units/a.ts', '@dujiang/chain') // 'core may not import chain: …'
 */
export function judgeImport(file: string, specifier: string): string | undefined {
  const owner = Object.entries(parts).find(([, part]) => file.startsWith(`${part.folder}/`))
  if (owner === undefined) return undefined
  const [name, part] = owner
  const isTest = file.startsWith(`${part.folder}/test/`)
  if (specifier.startsWith('.')) return judgeRelative(file, specifier, part)
  if (specifier.startsWith('@dujiang/')) return judgeDoor(name, part, specifier, isTest)
  return isTest ? undefined : judgeOutside(file, part, specifier)
}

function judgeRelative(file: string, specifier: string, part: Part): string | undefined {
  const target = posix.join(posix.dirname(file), specifier)
  if (!target.startsWith(`${part.folder}/`))
    return `reaches out of ${part.folder}: import the other package by its name`
  const isSource = file.startsWith(`${part.folder}/src/`)
  if (isSource && !target.startsWith(`${part.folder}/src/`)) return 'src may not import what lies outside src'
  return judgeFamily(file, target)
}

function judgeFamily(file: string, target: string): string | undefined {
  const from = familyOf(file)
  const to = familyOf(target)
  if (from === undefined || from === to) return undefined
  if (to === undefined) return `the family ${from} may not import the package's own door: import what it needs directly`
  if (to === families.kernel) return undefined
  if (from === families.kernel)
    return `the kernel may not know the family ${to}: the family hands in what the kernel needs`
  if (target === `${families.root}/${to}/${families.door}`) return undefined
  return `the family ${from} reaches into the family ${to}: use its door ${to}/${families.door}`
}

/** The folder under the market's src; undefined for other packages and for the files directly in src. */
function familyOf(path: string): string | undefined {
  if (!path.startsWith(`${families.root}/`)) return undefined
  const inside = path.slice(families.root.length + 1).split('/')
  return inside.length > 1 ? inside[0] : undefined
}

function judgeDoor(name: string, part: Part, specifier: string, isTest: boolean): string | undefined {
  const target = specifier.split('/')[1] ?? ''
  if (target === name) return isTest ? undefined : `${name} imports itself by name: inside a package, import relatively`
  const allowed = isTest ? testsMayImport : part.mayImport
  if (allowed.includes(target)) return undefined
  const list = allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')
  return `${isTest ? 'a test' : name} may not import ${target}: the table in tools/src/arrows.ts allows ${list}`
}

function judgeOutside(file: string, part: Part, specifier: string): string | undefined {
  const isNode = specifier.startsWith('node:')
  if (isNode && (part.pureThirdParty !== undefined || browserFolders.some((folder) => file.startsWith(folder)))) {
    return `imports ${specifier}, but this folder runs without Node: take it as a parameter from the edge`
  }
  if (isNode || part.pureThirdParty === undefined) return undefined
  const library = specifier.startsWith('@') ? specifier.split('/', 2).join('/') : (specifier.split('/')[0] ?? '')
  if (part.pureThirdParty.includes(library)) return undefined
  return `imports ${library}: the pure ring uses ${part.pureThirdParty.join(' and ')} only`
}
