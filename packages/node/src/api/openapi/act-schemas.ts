import type { Json } from '@dujiang/core/codec'
import type { DoorAct, Doors } from '../doors.ts'
import { type Form, count, hex, id, named } from './forms.ts'
import { sampleOf } from './sample.ts'

const body = {
  act: id(),
  chain: hex(32, 'SHA-256 of the genesis file'),
  domain: id(),
  expires: { ...count('At most seven days ahead; executed in a block of an earlier time only'), 'x-unit': 'ms' },
  key: hex(16, 'Name of the key: the first 16 bytes of SHA-256("dujiang/key/1:" ‖ scheme ‖ ":" ‖ public key)'),
  org: id('Who asks'),
  payload: { type: 'object' },
  ref: { type: 'string', maxLength: 64, description: 'The client’s own; random, so that nobody can guess the id' },
  sequence: count('Above the last one of the same unit and stream', 1),
  v: { type: 'integer', minimum: 1, maximum: 1_000 },
} as const

/** An act's body as the OpenAPI page shows it; the reader of envelopes in `chain` is what judges. */
const BODY_FORM: Form = {
  type: 'object',
  properties: body,
  required: Object.keys(body).sort(),
  additionalProperties: false,
}

/** What may be left out of a body whose decision is only asked for. */
const TRIED_REQUIRED = ['act', 'key', 'org', 'payload', 'v']

/** The schemas of all acts: each one's payload, and the act as it is signed. */
export function actSchemas({ acts, samples }: Doors): Record<string, Form> {
  const schemas: Record<string, Form> = {}
  const alternatives: Form[] = []
  for (const act of acts) {
    schemas[schemaName(act)] = payloadSchema(act, samples)
    const { name, version } = act
    alternatives.push({ properties: { act: { const: name }, v: { const: version }, payload: named(schemaName(act)) } })
  }
  const ofAct = { oneOf: alternatives }
  schemas['SignedAct'] = {
    type: 'object',
    description: 'Canonical JSON (RFC 8785): exactly these bytes are signed and stored',
    properties: { body: { ...BODY_FORM, ...ofAct }, sig: hex(64, 'Over "dujiang/act/1\\n" and the bytes of the body') },
    required: ['body', 'sig'],
    additionalProperties: false,
  }
  schemas['TriedAct'] = {
    type: 'object',
    description: 'An act as it would be sent; without `sig`, and then also without what a signature would cover alone',
    properties: { body: { ...BODY_FORM, required: TRIED_REQUIRED, ...ofAct }, sig: hex(64) },
    required: ['body'],
    additionalProperties: false,
  }
  return schemas
}

const schemaName = ({ name, version }: DoorAct): string => `${name}.v${version}`

function payloadSchema(act: DoorAct, samples: Doors['samples']): Form {
  const { jsonSchema, title, stage, roles, restricted, name } = act
  return {
    ...jsonSchema,
    title: title.en,
    'x-title-zh': title.zh,
    'x-family': name.split('.', 1)[0] as string,
    'x-stage': stage,
    'x-roles': roles,
    'x-restricted': restricted,
    examples: [sampleOf(jsonSchema, samples)],
  }
}

/** An act as one would send it: what the page shows of how it looks, its signature being none. */
export function exampleAct({ acts, samples }: Doors): Json {
  const act = acts[0]
  if (act === undefined) return {}
  const filled = { org: samples['org'] ?? 'ORG', chain: '0'.repeat(64), key: '0'.repeat(32), domain: 'public' }
  const rest = { expires: 1_795_508_459_413, ref: 'f'.repeat(32), sequence: 1_795_508_459_413_000 }
  const payload = sampleOf(act.jsonSchema, samples)
  return { body: { act: act.name, v: act.version, ...filled, ...rest, payload }, sig: '0'.repeat(128) }
}
