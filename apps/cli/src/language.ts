/** The two languages the command speaks. */
export type Language = 'zh' | 'en'

/**
 * `--lang` decides, else the system's `LC_ALL`, `LC_MESSAGES` or `LANG` when it names English, else Chinese. Read from the
 * arguments themselves, since help is printed before they are parsed.
 */
export const language: Language = chosen(process.argv.slice(2), process.env)

function chosen(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const given = at === -1 ? undefined : args[at]?.startsWith('--lang=') ? args[at].slice(7) : args[at + 1]
  if (given !== undefined) return given.toLowerCase().startsWith('en') ? 'en' : 'zh'
  const system = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '')
  return system?.toLowerCase().startsWith('en') === true ? 'en' : 'zh'
}

/** The text in the language chosen. */
export function say(zh: string, en: string): string {
  return language === 'zh' ? zh : en
}
