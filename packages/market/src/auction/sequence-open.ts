import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { auctionRefusals } from './refusals.ts'
import { sequences } from './tables.ts'

const schema = s.object({
  sequence: s.id({ zh: '交易序列编号', en: 'Sequence id' }),
  name: s.text(100, { zh: '名称', en: 'Name' }),
})

/** A trading sequence (交易序列) begins; sessions belong to it. Refuses sequenceExists. */
export const sequenceOpen = defineAct<Payload<typeof schema>>({
  name: 'auction.sequence.open',
  version: 1,
  title: { zh: '建立交易序列', en: 'Open a trading sequence' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange'],
  route: (_, org) => ({ stream: 'auction', actor: org }),
  decide(view, { org, payload: { sequence, name } }) {
    if (sequences.get(view, sequence) !== undefined) return decline(auctionRefusals.refuse.sequenceExists({ sequence }))
    return accept(sequences.put({ name, org }, sequence), {
      kind: 'event',
      name: 'sequenceOpened',
      data: { sequence, name },
    })
  },
})
