const safe = Number.MAX_SAFE_INTEGER
const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$' }

/** An act's body as the OpenAPI page shows it; the reader of envelopes in `chain` is what judges. */
export const BODY_SCHEMA = {
  type: 'object',
  properties: {
    act: id,
    chain: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the genesis file' },
    domain: id,
    expires: { type: 'integer', minimum: 0, maximum: safe, description: 'UTC milliseconds' },
    key: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    org: id,
    payload: { type: 'object' },
    ref: { type: 'string', description: 'At most 64 characters of the client’s own' },
    sequence: {
      type: 'integer',
      minimum: 1,
      maximum: safe,
      description: 'Above the last one of the same unit and stream',
    },
    v: { type: 'integer', minimum: 1, maximum: 1_000 },
  },
  required: ['act', 'chain', 'domain', 'expires', 'key', 'org', 'payload', 'ref', 'sequence', 'v'],
  additionalProperties: false,
} as const
