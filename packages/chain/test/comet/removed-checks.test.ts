import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import * as real from '../../src/comet/index.ts'
import { NEGATIVE_VECTORS, type Rules } from './negative/index.ts'

const source = resolve(import.meta.dirname, '../../src/comet')
const modules = resolve(import.meta.dirname, '../../../../node_modules')
const folder = mkdtempSync(join(tmpdir(), 'dujiang-removed-checks-'))
after(() => rmSync(folder, { recursive: true }))

/** A check taken away or weakened: in this file, this text becomes that. */
type Removal = readonly [file: string, text: string, instead: string]

const field = (name: string): Removal => ['hashes.ts', `wrapBytes(header.${name})`, 'wrapBytes(new Uint8Array(0))']

const removals: readonly Removal[] = [
  [
    'light.ts',
    "limits.now) <= 0) return { reason: 'trustExpired' }",
    "limits.now) <= 0 && false) return { reason: 'trustExpired' }",
  ],
  ['light.ts', 'limits.now) <= 0)', 'limits.now) < 0)'],
  ['light.ts', 'if (field !== undefined) return', 'if (false) return'],
  ['light.ts', 'if (header.chainId !== trusted.chainId) return', 'if (false) return'],
  ['light.ts', 'if (compareTimes(header.time, trusted.time) <= 0) return', 'if (false) return'],
  ['light.ts', 'compareTimes(header.time, trusted.time) <= 0', 'compareTimes(header.time, trusted.time) < 0'],
  ['light.ts', "return tooLate ? { reason: 'timeInFuture' } : undefined", 'return undefined'],
  ['light.ts', 'limits.clockDriftMs)) >= 0', 'limits.clockDriftMs)) > 0'],
  ['light.ts', 'if (header.height !== trusted.height + 1)', 'if (false)'],
  ['light.ts', 'if (header.height <= trusted.header.height)', 'if (false)'],
  ['light.ts', 'if (header.height <= trusted.header.height)', 'if (header.height < trusted.header.height)'],
  ['light.ts', 'if (!equalBytes(header.validatorsHash, trusted.nextValidatorsHash)) return', 'if (false) return'],
  ['light.ts', "return named ? undefined : { reason: 'validatorsHashWrong' }", 'return undefined'],
  ['light.ts', '?? blockFault(crypto, next, members)', ''],
  ['light.ts', 'blockFault(crypto, target, members) ??', ''],
  ['light.ts', 'overlapFault(crypto, trusted, members, commit, trustLevel) ??', ''],
  ['light.ts', 'return commitProofFault(crypto, header.chainId, members, commit)', 'return undefined'],
  ['light.ts', '??\n    commitProofFault(crypto, header.chainId, members, commit)', ''],
  ['light.ts', "return { reason: 'trustedValidatorsWrong' }", ''],
  [
    'light.ts',
    'BigInt(power) * denominator > BigInt(total) * numerator',
    'BigInt(power) * denominator >= BigInt(total) * numerator',
  ],
  ['light.ts', 'members.filter((_, index) => commit.signatures[index]!.flag === voteFlag.commit)', 'members'],
  [
    'light.ts',
    'totalPower(trusted.filter((member) => signed.has(toHex(member.publicKey))))',
    'totalPower(signers.filter((one) => trusted.some((member) => toHex(member.publicKey) === toHex(one.publicKey))))',
  ],
  ['verify-commit.ts', 'if (commit.height !== height || !isHeight(height))', 'if (false)'],
  ['verify-commit.ts', 'if (!isRound(commit.round)) return', 'if (false) return'],
  ['verify-commit.ts', 'isBlockId(commit.blockId) && ', ''],
  ['verify-commit.ts', ' && equalBytes(commit.blockId.hash, blockHash)', ''],
  ['verify-commit.ts', 'if (count !== members.length) return', 'if (false) return'],
  ['verify-commit.ts', 'if (!isCommitSig(entry)) return', 'if (false) return'],
  ['verify-commit.ts', 'if (!equalBytes(entry.validatorAddress, members[index]!.address)) return', 'if (false) return'],
  ['verify-commit.ts', 'powerFault(members, commit) ?? ', ''],
  ['verify-commit.ts', '3n * BigInt(power) > 2n * BigInt(total)', '3n * BigInt(power) >= 2n * BigInt(total)'],
  ['verify-commit.ts', '3n * BigInt(power) > 2n * BigInt(total)', '2n * BigInt(power) > BigInt(total)'],
  [
    'verify-commit.ts',
    'commit.signatures[index]!.flag === voteFlag.commit))',
    'commit.signatures[index]!.flag !== voteFlag.absent))',
  ],
  ['verify-commit.ts', ' ?? signatureFault(crypto, chainId, members, commit)', ''],
  ['verify-commit.ts', 'if (!crypto.verifyCommit(', 'if (entry.flag === voteFlag.commit && !crypto.verifyCommit('],
  [
    'verify-commit.ts',
    'of commit.signatures.entries()) {\n    if (entry.flag === voteFlag.absent) continue\n    const signed',
    'of commit.signatures.slice(0, 3).entries()) {\n    if (entry.flag === voteFlag.absent) continue\n    const signed',
  ],
  ['validators.ts', "if (members.length === 0) return { reason: 'noValidators' }", ''],
  ['validators.ts', "if (equalBytes(addresses[i - 1]!, addresses[i]!)) return { reason: 'validatorTwice' }", ''],
  ['validators.ts', '|| power < 1', ''],
  [
    'validators.ts',
    "Number.isSafeInteger(totalPower(members)) ? undefined : { reason: 'totalPowerTooHigh' }",
    'undefined',
  ],
  ['validators.ts', 'right.power - left.power || ', ''],
  ['vote.ts', '.sfixed64(2, vote.height)', ''],
  ['vote.ts', '.sfixed64(3, vote.round)', ''],
  ['vote.ts', 'int(1, vote.type)', 'int(1, 1)'],
  ['vote.ts', '.text(6, chainId)', ''],
  ['vote.ts', 'if (vote.blockId !== undefined) writer.message(4, encodeBlockId(vote.blockId))', ''],
  ['vote.ts', 'encodeTime(vote.time)', 'encodeTime({ seconds: 0, nanos: 0 })'],
  ['vote.ts', 'entry.flag === voteFlag.commit ? commit.blockId : undefined', 'commit.blockId'],
  ['encode.ts', '.int(1, time.seconds)', ''],
  ['encode.ts', '.int(2, time.nanos)', ''],
  ['encode.ts', '.int(1, parts.total)', ''],
  ['encode.ts', '.bytes(2, parts.hash)', ''],
  ['encode.ts', '.message(2, encodePartSetHeader(id.parts))', ''],
  ['encode.ts', '.int(2, validator.power)', ''],
  ['encode.ts', '.int(2, version.app)', ''],
  ['shape.ts', 'header.version.block !== BLOCK_PROTOCOL || ', ''],
  ['shape.ts', 'for (const field of hashFields) if (!isHashOrEmpty(header[field])) return field', ''],
  [
    'shape.ts',
    'if (sig.flag === voteFlag.absent) {',
    'if (sig.flag === voteFlag.absent) return true\n  if (sig.flag === voteFlag.absent) {',
  ],
  ['shape.ts', 'isHash(id.hash) && isParts(id.parts)', 'isHash(id.hash)'],
  ['hashes.ts', 'wrapText(header.chainId)', "wrapText('')"],
  ['hashes.ts', 'encodeVersion(header.version)', 'new Uint8Array(0)'],
  ['hashes.ts', 'encodeTime(header.time)', 'new Uint8Array(0)'],
  ['hashes.ts', 'encodeBlockId(header.lastBlockId)', 'new Uint8Array(0)'],
  ...['lastCommitHash', 'dataHash', 'validatorsHash', 'nextValidatorsHash', 'consensusHash'].map(field),
  ...['appHash', 'lastResultsHash', 'evidenceHash', 'proposerAddress'].map(field),
]

/** The rules with one check removed. */
async function without([file, text, instead]: Removal, number: number): Promise<Rules> {
  const copy = join(folder, String(number), 'src', 'comet')
  mkdirSync(join(folder, String(number), 'src'), { recursive: true })
  cpSync(source, copy, { recursive: true })
  const code = readFileSync(join(copy, file), 'utf8')
  assert.equal(code.split(text).length, 2, `${file} no longer has, or has twice: ${text}`)
  writeFileSync(
    join(copy, file),
    code.replace(text, () => instead),
  )
  return (await import(pathToFileURL(join(copy, 'light.ts')).href)) as Rules
}

/** Is there a vector to which these rules give another answer? */
const differ = (rules: Rules): boolean =>
  NEGATIVE_VECTORS.some(({ ask, reason }) => wordOf(() => ask(rules)) !== reason)

/** A check taken away may also end in a defect further on: that is noticed as well. */
function wordOf(ask: () => string | undefined): string | undefined {
  try {
    return ask()
  } catch (error) {
    return `threw ${String(error)}`
  }
}

describe('negative vectors of our own', () => {
  for (const { title, reason, ask } of NEGATIVE_VECTORS) {
    it(`[COMET-10] ${reason === undefined ? 'believes' : 'refuses'}: ${title}`, () => assert.equal(ask(real), reason))
  }
})

describe('a check that is removed', () => {
  symlinkSync(modules, join(folder, 'node_modules'))

  it('[COMET-10] is answered as before by a copy from which none is removed', async () => {
    assert.equal(
      differ(await without(['light.ts', 'checkedTrustLevel(trustLevel)', 'checkedTrustLevel(trustLevel)'], 0)),
      false,
    )
  })

  for (const [place, removal] of removals.entries()) {
    const [file, text, instead] = removal
    it(`[COMET-10] is noticed: ${file}: ${text.trim()} → ${instead.trim() || 'nothing'}`, async () => {
      assert.equal(differ(await without(removal, place + 1)), true)
    })
  }
})
