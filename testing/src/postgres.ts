import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { freePorts } from './network/ports.ts'

/** A PostgreSQL server of one test. */
export interface TestPostgres {
  readonly url: string
  /** Ends it at once, as a crash would; its folder stays. */
  kill(): Promise<void>
  /** Starts it again after a kill. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Where Debian keeps the server's programs; undefined where there are none. */
export function postgresPrograms(): string | undefined {
  return globSync('/usr/lib/postgresql/*/bin')
    .filter((bin) => existsSync(join(bin, 'initdb')))
    .sort()
    .at(-1)
}

/** The server refuses to run as root: then as nobody. */
const NOBODY = 65_534
const asOther = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** Lays out an empty server in a temporary folder and starts it, on loopback. */
export async function testPostgres(bin: string): Promise<TestPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-postgres-'))
  if (asOther.uid !== undefined) chownSync(dir, asOther.uid, asOther.gid)
  const data = join(dir, 'data')
  await ended(run(bin, 'initdb', '-D', data, '-U', 'dujiang', '-A', 'trust', '-E', 'UTF8', '--no-sync'))
  const [port] = await freePorts(1)
  const start = async (): Promise<ChildProcess> => {
    const server = run(bin, 'postgres', '-D', data, '-p', String(port), '-k', dir, '-h', '127.0.0.1')
    await said(server, 'ready to accept connections')
    return server
  }
  let server: ChildProcess | undefined = await start()
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === undefined) return
    const over = once(server, 'exit')
    server.kill(signal)
    await over
    server = undefined
  }
  return {
    url: `postgres://dujiang@127.0.0.1:${port}/postgres`,
    kill: () => kill('SIGQUIT'),
    async start() {
      server ??= await start()
    },
    async close() {
      await kill('SIGQUIT')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function run(bin: string, program: string, ...options: readonly string[]): ChildProcess {
  const env = { ...process.env, LC_ALL: 'C' }
  return spawn(join(bin, program), options, { ...asOther, env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<void> {
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}: ${said.join('')}`)
}

/** Resolves once it says so; what it says later is let go. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000)
      if (text.includes(words)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${text}`)))
  })
}
