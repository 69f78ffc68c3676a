import type { Json } from '@dujiang/core/codec'
import { type SignerOf, keysOf } from './genesis.ts'
import { type Member, admits, admitted, founders, members } from './members.ts'
import { foundingRulesWith } from './rules.ts'

/** A member of the sample province that runs a node of its network. */
export interface NodeMember extends Member {
  /** Its ultimate controller. Invented like its name; no two are the same, as the rule for validators wants it. */
  readonly controller: string
  readonly node: 'validator' | 'full'
}

const known = (org: string): Member => {
  const found = [...founders, ...admitted].find((each) => each.org === org)
  if (found === undefined) throw new Error(`the sample province has no member ${org}`)
  return found
}

/** Stands for the many retailers and users that run no node of their own. */
const association: Member = { org: 'SCYH', name: '四川售电与用户协会（示例）', role: 'retailer', people: ['he'] }

const runsNode = (member: Member, node: NodeMember['node'], controller: string): NodeMember => ({
  ...member,
  node,
  controller,
})

/** Four validators, of which any one may fail, and two that follow: the regulator, who co-signs, and the grid company. */
export const nodeMembers: readonly NodeMember[] = [
  runsNode(known('SCPX'), 'validator', '四川电力交易中心股东会（示例）'),
  runsNode(known('DADUHE'), 'validator', '大渡河流域水电集团（示例）'),
  runsNode(known('HUADIAN'), 'validator', '华电集团（示例）'),
  runsNode(association, 'validator', '四川售电与用户协会会员大会（示例）'),
  runsNode(known('SCNEA'), 'full', '国家能源监管机构（示例）'),
  runsNode(known('SGSC'), 'full', '电网集团（示例）'),
]

/** Who founds the network: the founders of the province and whoever runs a node. */
export const networkFounders: readonly Member[] = [
  ...founders,
  ...nodeMembers.filter(({ org }) => founders.every((each) => each.org !== org)),
]

/** Everybody who acts on the network: the province's members, and whoever runs a node besides. */
export const networkMembers: readonly Member[] = [...members, association]

/** Whose node an organisation turns to first: its own, or that of whoever is closest to it. */
export function nodeOf(org: string): string {
  if (nodeMembers.some((each) => each.org === org)) return org
  const { role } = known(org)
  if (role === 'generator') return org < 'G' ? 'DADUHE' : 'HUADIAN'
  return role === 'dispatcher' ? 'SGSC' : association.org
}

/** Blocks come every second: a minute without one is a standstill, after which bidders get ten more. */
export const networkRules = foundingRulesWith({ gateStandstillMs: 60_000, gateExtensionMs: 600_000 })

/** The Application's section of the genesis file of the network. */
export function networkState(timeMs: number, signerOf: SignerOf, founding = networkFounders): Json {
  return {
    members: {
      founders: founding.map((member) => ({
        org: member.org,
        name: member.name,
        roles: [member.role],
        keys: keysOf(member, signerOf, timeMs),
      })),
      admits,
    },
    rules: networkRules,
  } as unknown as Json
}
