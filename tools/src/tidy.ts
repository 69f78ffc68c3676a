import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const fileLinesMax = 400

// Written in two halves, or this file would be refused by its own rule.
const unfinishedWords = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK']
const unfinished = new RegExp(`\\b(${unfinishedWords.join('|')})\\b`)

const bareException =
  /\/[/*] (oxlint-disable(?!.*-- \S)|eslint-disable|@ts-(ignore|nocheck)|@ts-expect-error(?! \S)|biome-ignore(?!.*: \S))/

/** House rules that no linter knows, over the tree at `root`; one line a problem, each with what to do. */
export function checkTidy(root: string): readonly string[] {
  const exclude = (path: string): boolean => path.includes('node_modules') || path.includes('/generated')
  const code = globSync('{packages,apps,testing,tools}/**/*.{ts,tsx,mjs,sh}', { cwd: root, exclude })
  const pages = globSync('{*.md,{packages,apps,testing,tools,docs,spec}/**/*.{md,json}}', { cwd: root, exclude })
  const workspaces = globSync('{packages/*,apps/*,testing,tools}/package.json', { cwd: root, exclude })
  const read = (file: string): string => readFileSync(join(root, file), 'utf8')
  return [
    ...code.flatMap((file) => [...checkLength(file, read(file)), ...checkLines(file, read(file))]),
    ...pages.flatMap((file) => checkLines(file, read(file))),
    ...workspaces.flatMap((file) => checkReadme(root, file.replace('package.json', 'README.md'))),
  ].sort()
}

function checkLength(file: string, text: string): readonly string[] {
  const lines = text.split('\n').length - 1
  return lines > fileLinesMax ? [`${file}: ${lines} lines, ${fileLinesMax} at most: split it by idea`] : []
}

function checkLines(file: string, text: string): readonly string[] {
  const problems: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const word = unfinished.exec(line)?.[0]
    if (word !== undefined) problems.push(`${file}:${index + 1}: ${word}: do it, or put it where the plan is kept`)
    if (/\.tsx?$/.test(file) && bareException.test(line)) {
      problems.push(`${file}:${index + 1}: an exception from a rule names the rule and ends with its reason (… -- why)`)
    }
  }
  return problems
}

/** A reader must learn first where not to look. */
function checkReadme(root: string, file: string): readonly string[] {
  if (!existsSync(join(root, file))) return [`${file}: missing: say first what the package is not responsible for`]
  const firstText = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .find((line) => line.trim() !== '' && !line.startsWith('#'))
  if (firstText?.startsWith('Not responsible for ') === true) return []
  return [`${file}: the first words under the title must be "Not responsible for …"`]
}
