import { Button, Popconfirm } from 'antd'
import type { Acting } from '../../api/act.ts'
import type { PlacedOrder } from '../../api/bidding.ts'
import { useWords } from '../../i18n/words.ts'
import { traderWords } from './trader-words.ts'

interface CancelOrderProps {
  readonly session: string
  readonly order: PlacedOrder
  /** The page shows how far it has come: the order's row is gone by then. */
  readonly acting: Acting
}

export function CancelOrder({ session, order: { id, unit }, acting }: CancelOrderProps) {
  const say = useWords(traderWords)
  const cancel = (): void => {
    void acting.send({ act: 'auction.order.cancel', payload: { session, unit, order: id } })
  }
  return (
    <Popconfirm
      title={say('order.cancel.sure')}
      description={say('order.cancel.what')}
      okText={say('order.cancel.yes')}
      cancelText={say('order.cancel.no')}
      onConfirm={cancel}
    >
      <Button type="link" size="small" danger disabled={acting.busy}>
        {say('order.cancel')}
      </Button>
    </Popconfirm>
  )
}
