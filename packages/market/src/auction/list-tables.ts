import type { ListColumn, ListTable } from '@dujiang/chain'

const text = (name: string, zh: string, en: string): ListColumn => ({ name, title: { zh, en }, type: 'text' })
const integer = (name: string, zh: string, en: string): ListColumn => ({ name, title: { zh, en }, type: 'integer' })
const filtered = (column: ListColumn): ListColumn => ({ ...column, filter: true })

const session = filtered(text('session', '场次', 'Session'))
const unit = filtered(text('unit', '交易单元', 'Trading unit'))
const org = filtered(text('org', '单位', 'Organisation'))
const side = text('side', '售出 sell 或购入 buy', 'Sell or buy')

/** Sessions with what their notice says and how far they have come. */
export const sessionsTable: ListTable = {
  name: 'sessions',
  title: { zh: '场次', en: 'Sessions' },
  columns: [
    session,
    filtered(text('sequence', '交易序列', 'Trading sequence')),
    text('name', '公告名称', 'Name of the notice'),
    text('product', '交易品种', 'Product'),
    text('delivery_from', '交割起始日', 'First day of delivery'),
    text('delivery_to', '交割终止日', 'Last day of delivery'),
    integer('periods', '时段数', 'Number of periods'),
    integer('price_floor', '价格下限，毫分/兆瓦时', 'Lower price limit, milli-fen/MWh'),
    integer('price_cap', '价格上限，毫分/兆瓦时', 'Upper price limit, milli-fen/MWh'),
    integer('opens_ms', '申报开始时间', 'Opens at, UTC milliseconds'),
    integer('gate_ms', '申报截止时间', 'Gate, UTC milliseconds'),
    integer('announced_gate_ms', '公告的截止时间（变更时）', 'The gate first announced, where it moved'),
    filtered(text('status', '状态', 'How far it has come')),
    filtered(text('org', '组织单位', 'Organiser')),
    text('result', '结果摘要', 'Digest of the result'),
    filtered(text('cleared', '已出清为 yes', 'yes once it has come to a result')),
    integer('volume_wh', '成交电量，瓦时', 'Volume cleared, Wh'),
    integer('average_price', '加权均价，毫分/兆瓦时', 'Average price weighted by volume, milli-fen/MWh'),
    integer('orders', '有效申报数', 'Orders that stood at the gate'),
    integer('units', '申报单元数', 'Units that had submitted'),
    text('bulletin', '成交公告编号', 'Number of the bulletin'),
    integer('published_ms', '公告发布时间', 'When it was published, UTC milliseconds'),
  ],
  key: ['session'],
  sortedBy: ['gate_ms'],
  newestFirst: true,
  sealed: false,
}

/** What each period of a session came to. */
export const periodsTable: ListTable = {
  name: 'periods',
  title: { zh: '分时段出清结果', en: 'Results by period' },
  columns: [
    session,
    integer('period', '时段', 'Period'),
    integer('price', '出清价，毫分/兆瓦时', 'Clearing price, milli-fen/MWh'),
    integer('volume_wh', '成交电量，瓦时', 'Volume, Wh'),
    integer('interval_low', '均衡区间下端', 'Lower end of the equilibrium interval'),
    integer('interval_high', '均衡区间上端', 'Upper end of the equilibrium interval'),
    integer('supply_price', '售方边际段价格', "Price of the sellers' marginal tier"),
    integer('demand_price', '购方边际段价格', "Price of the buyers' marginal tier"),
  ],
  key: ['session', 'period'],
  sortedBy: [],
  newestFirst: false,
  sealed: false,
}

/** Every order there was, declined ones too, and what became of it. */
export const ordersTable: ListTable = {
  name: 'orders',
  title: { zh: '申报及其变更', en: 'Orders and what became of them' },
  columns: [
    text('order', '申报编号', 'Id of the order'),
    integer('index', '回执序号', 'Index of its receipt'),
    integer('time', '区块时间', 'Time of its block, UTC milliseconds'),
    session,
    unit,
    org,
    side,
    filtered(
      text(
        'status',
        '状态：live、replaced、cancelled、declined、voided',
        'live, replaced, cancelled, declined or voided',
      ),
    ),
    integer('steps', '段数', 'Steps over all periods'),
    integer('volume_wh', '申报电量，瓦时', 'Volume offered, Wh; of orders that were taken'),
    text('replaces', '所替换的申报', 'The order whose place it took'),
    text('ended_by', '使其失效的业务', 'The act that ended it'),
    integer('ended_ms', '失效时间', 'When it ended, UTC milliseconds'),
    integer('code', '结果代码，0 为接受', 'Code of the decision, 0 for accepted'),
    text('refusal', '拒绝原因', 'Name of the refusal'),
  ],
  key: ['order'],
  sortedBy: ['index'],
  newestFirst: true,
  sealed: true,
}

/** What each order got, where it got something. */
export const tradesTable: ListTable = {
  name: 'trades',
  title: { zh: '成交明细', en: 'Trades' },
  columns: [
    session,
    integer('period', '时段', 'Period'),
    unit,
    text('order', '申报编号', 'Id of the order'),
    org,
    side,
    integer('award_wh', '成交电量，瓦时', 'Volume awarded, Wh'),
    text('verdicts', '各段结果：f 全部、c 边际、o 未中、- 无', 'A letter a step: f full, c cut, o out, - none'),
  ],
  key: ['session', 'period', 'unit', 'order'],
  sortedBy: [],
  newestFirst: false,
  sealed: false,
}
