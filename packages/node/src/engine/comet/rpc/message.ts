import { RpcFault } from './fault.ts'
import { Fields } from './fields.ts'

/** A question of JSON-RPC 2.0. */
export function question(id: number, method: string, params: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params })
}

/** An answer as it came; rejects what is no JSON object. */
export function readAnswer(text: string): Fields {
  try {
    return new Fields(JSON.parse(text), '')
  } catch (error) {
    throw error instanceof RpcFault ? error : new RpcFault('unreadable', 'the engine answered no JSON', error)
  }
}

/** What an answer brings; throws when it says that the question was refused. */
export function resultOf(answer: Fields, method: string): Fields {
  if (answer.raw('error') === undefined) return answer.object('result')
  const error = answer.object('error')
  throw new RpcFault('refused', `${method}: ${error.text('message')}: ${error.text('data')}`)
}
