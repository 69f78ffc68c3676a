import { compile, s } from '@dujiang/core/codec'

/** The envelope's shape; the payload's own is its act's. */
export const envelopeSchema = compile(
  s.object({
    body: s.object({
      act: s.id(),
      chain: s.hex(32),
      domain: s.id(),
      expires: s.int(0, Number.MAX_SAFE_INTEGER),
      key: s.hex(16),
      org: s.id(),
      payload: s.anyObject(),
      ref: s.text(64),
      sequence: s.int(1, Number.MAX_SAFE_INTEGER),
      v: s.int(1, 1_000),
    }),
    sig: s.hex(64),
  }),
)
