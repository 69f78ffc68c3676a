import type { Json } from '@dujiang/core/codec'
import { formatInstant } from '@dujiang/core/time'
import type { Doors, Sentence } from './doors.ts'
import { type Problem, innerRefusal } from './problem.ts'
import { problems } from './problems.ts'

/** A whole HTTP answer; its body is sent as it stands. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers: { readonly [name: string]: string }
}

export const JSON_TYPE = 'application/json; charset=utf-8'

export function ok(value: unknown): Answer {
  return okText(JSON.stringify(value))
}

/** The same of what is JSON already. */
export function okText(body: string): Answer {
  return { status: 200, type: JSON_TYPE, body, headers: {} }
}

export function bytesAnswer(type: string, body: Uint8Array, headers: Answer['headers'] = {}): Answer {
  return { status: 200, type, body, headers }
}

/** A problem as its answer: `{error: {code, name, facts, zh, en, retry}}`, with the act's id where there is one. */
export function problemAnswer(doors: Doors, problem: Problem): Answer {
  const { status } = problems[problem.problem]
  const { retryAfterSeconds } = problem
  const headers: Record<string, string> = {}
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds)
  if (status === 401) headers['www-authenticate'] = 'Dujiang'
  return { status, type: JSON_TYPE, body: JSON.stringify(problemBody(doors, problem)), headers }
}

export function problemBody(doors: Doors, problem: Problem) {
  const { code, zh, en, retry } = problems[problem.problem]
  const inner = innerRefusal(problem)
  const said = inner === undefined ? undefined : doors.sentence(inner.name)
  const spoken = said === undefined ? speak({ zh, en, retry }, problem.facts) : speak(said, problem.facts)
  return {
    error: { code, name: problem.problem, facts: problem.facts, ...spoken },
    ...(problem.id === undefined ? {} : { id: problem.id }),
  }
}

/** Puts facts into both sentences; instants as people read them, in Beijing time. */
export function speak({ zh, en, retry }: Sentence, facts: { readonly [name: string]: Json }): Sentence {
  const fill = (sentence: string, at: (instant: string) => string, all: string): string =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const fact = facts[name]
      // The pointer to all that was sent is empty, and so would its place in the sentence be.
      if (name === 'path' && fact === '') return all
      if (typeof fact === 'number' && isInstant(name, fact)) return at(formatInstant(fact))
      return fact === undefined ? whole : typeof fact === 'object' ? JSON.stringify(fact) : String(fact)
    })
  return {
    zh: fill(zh, (at) => `北京时间${at}`, '（整个内容）'),
    en: fill(en, (at) => `${at} Beijing time`, '(the whole)'),
    retry,
  }
}

const INSTANT_NAMES = ['expires', 'time', 'nodeTime']

/** A span of time has such a name too, but is not thirty years long. */
const isInstant = (name: string, value: number): boolean =>
  (name.endsWith('Ms') || INSTANT_NAMES.includes(name)) && value >= INSTANT_MS_MIN && value <= INSTANT_MS_MAX
const INSTANT_MS_MIN = 946_684_800_000
const INSTANT_MS_MAX = 253_402_271_999_999
