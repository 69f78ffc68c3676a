import { type Of, s } from '@dujiang/core/codec'

export const POWER_MAX = 1_000_000
export const VALIDATORS_MAX = 100

const key = s.hex(32, {
  zh: '验证节点公钥（Ed25519，签区块，不签操作）',
  en: 'Ed25519 public key that signs blocks, not acts',
})
const power = s.int(1, POWER_MAX, { zh: '表决权重', en: 'Voting power' })

/** What may be done to the set of validators, one at a time. */
export const changeFields = s.union(
  'kind',
  [
    s.object({
      kind: s.literal('add', { zh: '增加验证节点', en: 'A further validator' }),
      key,
      name: s.text(100, { zh: '节点名称', en: 'Name of the node' }, 1),
      org: s.id({ zh: '运行节点的市场成员', en: 'The member that runs it' }),
      controller: s.text(100, { zh: '实际控制人', en: 'Ultimate controller of that member' }, 1),
      power,
    }),
    s.object({ kind: s.literal('remove', { zh: '移除验证节点', en: 'A validator leaves' }), key }),
    s.object({
      kind: s.literal('power', { zh: '变更表决权重', en: 'A validator’s power becomes another' }),
      key,
      power,
    }),
  ],
  { zh: '对验证节点的变更', en: 'The change of the validators' },
)
export type Change = Of<typeof changeFields>
