import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigRefused } from './config.ts'

/** One for every form of settings that the engine can read: viper, which reads them for it, knows these. */
const NAMES: ReadonlySet<string> = new Set(
  'json toml yaml yml properties props prop hcl tfvars dotenv env ini'.split(' ').map((form) => `config.${form}`),
)

/**
 * Refuses an engine's folder in which it would believe another file than `config/config.toml`: it looks in the folder itself
 * first, and takes the first `config.*` of a form that it can read. Rule CONF-6.
 */
export async function demandSoleConfig(comet: string): Promise<void> {
  const ours = join(comet, 'config/config.toml')
  for (const folder of [comet, join(comet, 'config')]) {
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      if (path === ours || !NAMES.has(name)) continue
      throw new ConfigRefused(`配置文件多余 the engine may read ${path} and not ${ours}: remove it`)
    }
  }
}
