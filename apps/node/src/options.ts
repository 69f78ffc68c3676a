import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import type { Season } from '@dujiang/testing/province'
import { defaultDataDir } from './data-dir.ts'
import { Trouble } from './trouble.ts'

export interface Options {
  readonly dataDir: string
  /** Undefined: the default port, or the next free one. */
  readonly port?: number
  readonly season?: Season
  readonly once: boolean
  readonly json: boolean
  /** Registers the province, serves, and plays no session: the people at the console do. */
  readonly idle: boolean
  readonly help: boolean
  /** Seconds from the opening of the session to its gate, at the least. */
  readonly gateSeconds: number
  /** Which nodes of a network keep lists; undefined where there is no network. */
  readonly lists?: string
}

const USAGE = `npm start -- [选项 options]
  --season dry|wet   枯平水期，或丰水期富余电量；默认下一个月 / the season; the next month unless told
  --once             打印摘要后退出 / end after the summary; exit status 0 only if everything verified
  --idle             登记市场成员后只提供服务，不演示场次 / register the members and serve; play no session
  --json             最后一行为一个 JSON 对象 / the last line is the summary as one JSON object
  --data DIR         账本目录，默认 .dujiang/ / where the ledger is kept
  --port PORT        默认 26680 或其后首个空闲端口 / 26680 or the next free one unless told
  --gate SECONDS     从开始申报到闭市至少多少秒，默认 5；机器慢则更长 / at least so long from the opening to the gate
  --help`

/** What is taken when nothing is said, and shown when it is asked for. */
export interface Defaults {
  readonly dataDir: string
  readonly gateSeconds: number
  /** Undefined: there is no such option. */
  readonly lists?: string
  readonly usage: string
}

export const startDefaults: Defaults = { dataDir: defaultDataDir, gateSeconds: 5, usage: USAGE }

const GATE_SECONDS_MAX = 3600

/** Reads the command line; throws a {@link Trouble} that says what to write instead. */
export function readOptions(args: readonly string[], defaults: Defaults): Options {
  const { values } = parse(args, defaults.usage)
  const { season, port, gate } = values
  if (season !== undefined && season !== 'dry' && season !== 'wet') {
    throw new Trouble(`--season 取 dry 或 wet，不是 ${season}`, `--season is dry or wet, not ${season}`)
  }
  if (values.lists !== undefined && defaults.lists === undefined) {
    throw new Trouble(`没有选项 --lists\n${defaults.usage}`, 'there is no --lists: see the options above')
  }
  if (values.data === '') throw new Trouble('--data 须指明目录', '--data takes the name of a folder')
  return {
    dataDir: values.data === undefined ? defaults.dataDir : resolve(values.data),
    ...(port === undefined ? {} : { port: wholeNumber('--port', port, 1, 65_535) }),
    ...(season === undefined ? {} : { season }),
    once: values.once === true,
    json: values.json === true,
    idle: values.idle === true,
    help: values.help === true,
    gateSeconds: gate === undefined ? defaults.gateSeconds : wholeNumber('--gate', gate, 1, GATE_SECONDS_MAX),
    ...(defaults.lists === undefined ? {} : { lists: values.lists ?? defaults.lists }),
  }
}

function parse(args: readonly string[], usage: string) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        season: { type: 'string' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        idle: { type: 'boolean' },
        data: { type: 'string' },
        port: { type: 'string' },
        gate: { type: 'string' },
        lists: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw new Trouble(`${(cause as Error).message}\n${usage}`, 'see the options above')
  }
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new Trouble(`${name} 取 ${min} 至 ${max} 的整数，不是 ${text}`, `${name} is ${min} to ${max}, not ${text}`)
}
