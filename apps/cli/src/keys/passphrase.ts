import { Failure } from '../failure.ts'
import { say } from '../language.ts'

/** The passphrase of a key file: from DUJIANG_PASSPHRASE, else typed without being shown. Never from the command line, which others can see. */
export async function passphraseFor(path: string): Promise<string> {
  const given = process.env['DUJIANG_PASSPHRASE']
  if (given !== undefined) return given
  if (process.stdin.isTTY !== true) {
    throw new Failure(
      `${path} 需要口令：请设 DUJIANG_PASSPHRASE`,
      `${path} needs its passphrase: set DUJIANG_PASSPHRASE`,
    )
  }
  return typed(say(`${path} 的口令：`, `passphrase of ${path}: `))
}

/** A new passphrase, typed twice. */
export async function newPassphrase(path: string): Promise<string> {
  const first = await passphraseFor(path)
  if (first === '') throw new Failure('口令不能为空', 'a passphrase is not empty')
  if (process.env['DUJIANG_PASSPHRASE'] !== undefined) return first
  if ((await typed(say('再输一次：', 'once more: '))) !== first) throw new Failure('两次口令不同', 'the two differ')
  return first
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let text = ''
    const end = (): void => {
      stdin.off('data', read)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const read = (chunk: string): void => {
      for (const char of chunk) {
        if (char === '\r' || char === '\n') {
          end()
          return resolve(text)
        }
        if (char === '\u0003' || char === '\u0004') {
          end()
          return reject(new Failure('已取消', 'cancelled'))
        }
        text = char === '\u007f' || char === '\b' ? text.slice(0, -1) : text + char
      }
    }
    stdin.on('data', read)
  })
}
