import { type Json, type Of, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { concatBytes } from '@dujiang/core/crypto'

export const GENESIS_NAME = 'genesis.json'
export const MANIFEST_NAME = 'manifest.json'

/** The name of the block file that begins with this height. Rule EXP-1. */
export const blockFileName = (firstHeight: number): string => `blocks-${String(firstHeight).padStart(9, '0')}.ndjson`

const heightMax = Number.MAX_SAFE_INTEGER
const manifestShape = s.object({
  appHash: s.hex(32),
  chain: s.hex(32),
  files: s.list(
    s.object({
      bytes: s.int(1, heightMax),
      firstHeight: s.int(1, heightMax),
      lastHeight: s.int(1, heightMax),
      name: s.text(60),
      sha256: s.hex(32),
    }),
    { min: 1, max: 1_000_000 },
  ),
  height: s.int(1, heightMax),
  kind: s.literal('dujiang-export'),
  v: s.literal(1),
})
const manifestSchema = compile(manifestShape)

/** What an export says of itself. Rule EXP-2. */
export type Manifest = Of<typeof manifestShape>
export type BlockFile = Manifest['files'][number]

export function writeManifest(manifest: Manifest): Uint8Array {
  return concatBytes(encodeCanonicalBytes(manifest as unknown as Json), LINE_FEED)
}

/** Reads one; otherwise the byte at which it stops being one, and why. */
export function readManifest(bytes: Uint8Array): Manifest | { readonly offset: number; readonly reason: string } {
  const body = bytes.at(-1) === LINE_FEED[0] ? bytes.subarray(0, -1) : bytes
  const decoded = decodeCanonical(body, { bytesMax: 2 ** 28, itemsMax: 1_000_000, keysMax: 64 })
  if (!decoded.ok) return { offset: decoded.at, reason: decoded.reason }
  const problem = manifestSchema.explain(decoded.value)
  if (problem !== undefined) return { offset: 0, reason: `${problem.path} ${problem.rule}` }
  const manifest = decoded.value as unknown as Manifest
  return isWhole(manifest) ? manifest : { offset: 0, reason: 'its heights or names do not fit together' }
}

/** Do the files it states follow one another up to its own height? Blocks that did nothing may be left out between them. */
function isWhole({ files, height }: Manifest): boolean {
  let last = 0
  for (const { firstHeight, lastHeight, name } of files) {
    if (firstHeight <= last || lastHeight < firstHeight || name !== blockFileName(firstHeight)) return false
    last = lastHeight
  }
  return last === height
}

export const LINE_FEED = Uint8Array.of(0x0a)
