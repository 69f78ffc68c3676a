import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const market = resolve(import.meta.dirname, '../../../packages/market/src')

/**
 * The refusals an act's doc comment promises, in its order, those at admission first; where it says "those of {@link f}", those of f's comment.
 * Throws when the comment says nothing of refusals: then the page would be silent about them too.
 * @param isRefusal tells the family's refusals from other words
 */
export function refusalsInOrder(act: string, isRefusal: (word: string) => boolean): readonly string[] {
  const [family, ...words] = act.split('.')
  return promised(resolve(market, `${family}/${words.join('-')}.ts`), `name: '${act}'`, isRefusal)
}

function promised(file: string, mark: string, isRefusal: (word: string) => boolean): readonly string[] {
  const text = readFileSync(file, 'utf8')
  const before = text.slice(0, text.indexOf(mark))
  const comment = before.slice(before.lastIndexOf('/**'))
  const linked = /Refusals: those of \{@link (\w+)\}/.exec(comment)?.[1]
  if (linked !== undefined) {
    const path = new RegExp(`import \\{ ${linked} \\} from '(\\./[\\w-]+\\.ts)'`).exec(text)?.[1]
    if (path === undefined) throw new Error(`${file}: where ${linked} comes from cannot be seen`)
    return promised(resolve(dirname(file), path), `function ${linked}(`, isRefusal)
  }
  const said = /(?:At admission:|Refus(?:als, in order:|es ))([\s\S]*?)(?:\*\/|$)/.exec(comment)?.[1]
  const names = said?.match(/\w+/g)?.filter(isRefusal) ?? []
  if (names.length === 0) throw new Error(`${file}: the comment at ${mark} names no refusal ("Refusals, in order: …")`)
  return [...new Set(names)]
}
