import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { unreadable } from '../input.ts'

/** The homes that a command is about: those named, or all in a folder. */
export async function homesOf(named: readonly string[], dir: string | undefined): Promise<readonly string[]> {
  if (dir === undefined && named.length === 0) throw new Failure('指明节点文件夹，或用 --dir', 'name homes, or --dir')
  const inDir =
    dir === undefined ? [] : [...(await homesIn(dir)), ...(await homesIn(join(dir, 'nodes')).catch(() => []))]
  const homes = [...named, ...inDir]
  if (homes.length === 0) throw new Failure(`${dir} 里没有节点`, `there are no homes in ${dir}`)
  return homes
}

async function homesIn(dir: string): Promise<readonly string[]> {
  const names = (await readdir(dir).catch(unreadable(dir))).sort()
  const homes = names.map((name) => join(dir, name))
  const there = await Promise.all(
    homes.map((each) =>
      access(join(each, 'door.json')).then(
        () => true,
        () => false,
      ),
    ),
  )
  return homes.filter((_, at) => there[at])
}
