import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'

const root = join(import.meta.dirname, '../../..')
const deploy = join(root, 'deploy')
const PROGRAM = ['/opt/dujiang/node_modules/.bin/node', '/opt/dujiang/apps/cli/src/main.ts']

/** The command line of the service unit. */
async function unitCommand(): Promise<readonly string[]> {
  const unit = await readFile(join(deploy, 'systemd/dujiang@.service'), 'utf8')
  return /^ExecStart=(.*)$/m.exec(unit)![1]!.split(' ')
}

/** What a container of the image runs when it is given nothing else. */
async function containerCommand(): Promise<readonly string[]> {
  const file = await readFile(join(deploy, 'container/Containerfile'), 'utf8')
  return ['ENTRYPOINT', 'CMD'].flatMap((word) => {
    return JSON.parse(new RegExp(`^${word} (.*)$`, 'm').exec(file)![1]!) as string[]
  })
}

/** What the image has after `COPY` and `npm ci --omit=dev`, with links to the packages of this repository for what npm fetches. */
async function copyAsBuilt(to: string): Promise<void> {
  const file = await readFile(join(deploy, 'container/Containerfile'), 'utf8')
  for (const [, paths] of file.matchAll(/^COPY (?!--from)(.*) \S+$/gm)) {
    for (const path of paths!.split(' ')) {
      const filter = (from: string): boolean => basename(from) !== 'node_modules'
      await cp(join(root, path), join(to, path), { recursive: true, filter })
    }
  }
  const { packages } = JSON.parse(await readFile(join(to, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<
      Record<string, { readonly dev?: true; readonly link?: true; readonly resolved?: string }>
    >
  }
  for (const [place, { dev, link, resolved }] of Object.entries(packages)) {
    if (!place.includes('node_modules/') || dev === true) continue
    const from = link === true ? join(to, resolved!) : join(root, place)
    // Of another platform, or inside a package that is linked whole.
    if (!existsSync(from) || existsSync(join(to, place))) continue
    await mkdir(dirname(join(to, place)), { recursive: true })
    await symlink(from, join(to, place))
  }
}

describe('the deployment files', () => {
  const folders = new Folders()
  after(() => folders.remove())

  for (const [what, read] of [['the unit', unitCommand] as const, ['the container', containerCommand] as const]) {
    it(`start the supervisor of a home: ${what}`, async () => {
      const command = await read()
      assert.deepEqual(command.slice(0, 2), PROGRAM)
      const { status, out } = await dujiang([...command.slice(2), '--help'])
      assert.equal(status, 0)
      assert.match(out, /^Usage: dujiang network start \[options\] <home>$/m)
      // One argument, and nothing the command does not know.
      assert.equal(command.slice(4).length, 1)
    })
  }

  it('bring into the container all that every command needs, without what is for development', async () => {
    const dir = await folders.make('opt')
    await copyAsBuilt(dir)
    const modules = globSync('apps/cli/src/**/*.ts', { cwd: dir }).filter((path) => !path.endsWith('/main.ts'))
    assert.ok(modules.length > 50)
    const script = modules.map((path) => `await import(${JSON.stringify(join(dir, path))})`).join('\n')
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
    assert.equal(stderr, '')
  })

  it('bring into the container what its console is built from', async () => {
    const dir = await folders.make('console')
    await copyAsBuilt(dir)
    const { status, stderr } = spawnSync(process.execPath, ['apps/console/build.ts'], { cwd: dir, encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    assert.ok(existsSync(join(dir, 'apps/console/dist/index.html')))
  })

  it('look for metrics where a home shows them unless told', async () => {
    const { out } = await dujiang(['network', 'home', '--help'])
    const first = Number(/--metrics <n>[^(]*\(default:\s*"(\d+)"\)/.exec(out)![1])
    const prometheus = await readFile(join(deploy, 'prometheus/prometheus.yml'), 'utf8')
    const ports = [...prometheus.matchAll(/targets: \['127\.0\.0\.1:(\d+)'\]/g)].map(([, port]) => Number(port))
    assert.deepEqual(ports, [first, first + 1, first + 2])
  })
})
