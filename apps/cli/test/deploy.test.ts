import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { dujiang } from './run.ts'

const deploy = join(import.meta.dirname, '../../../deploy')
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

describe('the deployment files', () => {
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

  it('look for metrics where a home shows them unless told', async () => {
    const { out } = await dujiang(['network', 'home', '--help'])
    const first = Number(/--metrics <n>[^(]*\(default:\s*"(\d+)"\)/.exec(out)![1])
    const prometheus = await readFile(join(deploy, 'prometheus/prometheus.yml'), 'utf8')
    const ports = [...prometheus.matchAll(/targets: \['127\.0\.0\.1:(\d+)'\]/g)].map(([, port]) => Number(port))
    assert.deepEqual(ports, [first, first + 1, first + 2])
  })
})
