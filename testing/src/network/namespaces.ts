import { execFileSync } from 'node:child_process'

/** The two segments of the network: a host plugged into the other one reaches nobody of the first. */
export type Segment = 'a' | 'b'

const IP = 'ip'
const ip = (...args: string[]): void => void execFileSync(IP, args, { stdio: ['ignore', 'ignore', 'pipe'] })
const quietly = (...args: string[]): void => {
  try {
    ip(...args)
  } catch {
    // It is not there.
  }
}

/**
 * Hosts on this machine, each a network namespace with an address among the others and one towards the machine itself, so
 * that cables can be pulled between them. Needs root on Linux.
 */
export class Namespaces {
  readonly #tag: string
  readonly #count: number

  private constructor(tag: string, count: number) {
    this.#tag = tag
    this.#count = count
  }

  /** Undefined where namespaces cannot be made. */
  static make(count: number): Namespaces | undefined {
    const namespaces = new Namespaces(`dj${process.pid % 100_000}`, count)
    try {
      namespaces.#make()
      return namespaces
    } catch {
      namespaces.remove()
      return undefined
    }
  }

  /** What a command line begins with that is to run on a host. */
  on(at: number): readonly [string, ...string[]] {
    return [IP, 'netns', 'exec', this.#nameOf(at)]
  }

  /** Where the other hosts find it. */
  addressOf(at: number): string {
    return `10.213.0.${at + 1}`
  }

  /** Where this machine finds it, whatever is plugged where. */
  managementOf(at: number): string {
    return `10.213.${at + 1}.2`
  }

  plug(at: number, segment: Segment): void {
    ip('link', 'set', `${this.#tag}v${at}`, 'master', `${this.#tag}${segment}`)
  }

  remove(): void {
    for (let at = 0; at < this.#count; at++) {
      quietly('netns', 'del', this.#nameOf(at))
      quietly('link', 'del', `${this.#tag}v${at}`)
      quietly('link', 'del', `${this.#tag}m${at}`)
    }
    for (const segment of ['a', 'b']) quietly('link', 'del', `${this.#tag}${segment}`)
  }

  #nameOf(at: number): string {
    return `${this.#tag}n${at}`
  }

  #make(): void {
    for (const segment of ['a', 'b']) {
      ip('link', 'add', `${this.#tag}${segment}`, 'type', 'bridge')
      ip('link', 'set', `${this.#tag}${segment}`, 'up')
    }
    for (let at = 0; at < this.#count; at++) {
      const name = this.#nameOf(at)
      ip('netns', 'add', name)
      ip('-n', name, 'link', 'set', 'lo', 'up')
      ip('link', 'add', `${this.#tag}v${at}`, 'type', 'veth', 'peer', 'name', 'peers', 'netns', name)
      ip('-n', name, 'addr', 'add', `${this.addressOf(at)}/24`, 'dev', 'peers')
      ip('link', 'add', `${this.#tag}m${at}`, 'type', 'veth', 'peer', 'name', 'management', 'netns', name)
      ip('-n', name, 'addr', 'add', `${this.managementOf(at)}/24`, 'dev', 'management')
      ip('addr', 'add', `10.213.${at + 1}.1/24`, 'dev', `${this.#tag}m${at}`)
      for (const device of ['peers', 'management']) ip('-n', name, 'link', 'set', device, 'up')
      for (const kind of ['v', 'm']) ip('link', 'set', `${this.#tag}${kind}${at}`, 'up')
      this.plug(at, 'a')
    }
  }
}
