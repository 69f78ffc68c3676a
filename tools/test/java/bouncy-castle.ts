import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const VERSION = '1.84'
const SHA256 = '64d6c5a6121fcd927152dd182cbed39afe0fda641a970d9bcc0c9cb1858b2731'
const NAME = `bcprov-jdk18on-${VERSION}.jar`
const URL_OF_JAR = `https://repo1.maven.org/maven2/org/bouncycastle/bcprov-jdk18on/${VERSION}/${NAME}`
const FETCH_MS = 60_000
const JAVA_MIN = 17

/** The jar of BouncyCastle, fetched once for all checkouts of this user; or why there is none. */
export async function bouncyCastle(): Promise<{ readonly jar: string } | { readonly missing: string }> {
  const { stdout, stderr } = spawnSync('javac', ['-version'], { encoding: 'utf8' })
  const version = /^javac (\d+)/m.exec(`${stdout}${stderr}`)?.[1]
  if (Number(version ?? 0) < JAVA_MIN) return { missing: `there is no JDK ${JAVA_MIN} or later` }
  const folder = join(homedir(), '.cache/dujiang')
  const jar = join(folder, NAME)
  if (!existsSync(jar)) {
    try {
      const response = await fetch(URL_OF_JAR, { signal: AbortSignal.timeout(FETCH_MS) })
      if (!response.ok) return { missing: `${URL_OF_JAR} answered ${response.status}` }
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${jar}.partial`, Buffer.from(await response.arrayBuffer()))
      renameSync(`${jar}.partial`, jar)
    } catch (cause) {
      return { missing: `${NAME} is not in ${folder} and cannot be fetched: ${(cause as Error).message}` }
    }
  }
  const found = createHash('sha256').update(readFileSync(jar)).digest('hex')
  if (found !== SHA256) throw new Error(`${jar} is not what it should be: its SHA-256 is ${found}`)
  return { jar }
}
