import { defineWords } from '../../i18n/words.ts'

/** Words of one period's book: its curve, its margin, shares and what-ifs. */
export const periodWords = defineWords('period', {
  curve: ['供需曲线', 'Supply and demand'],
  supply: ['供给（售电）', 'Supply (sell)'],
  demand: ['需求（购电）', 'Demand (buy)'],
  own: ['本单位申报', 'Your steps'],
  'tier.side': ['边际段', 'Marginal tier'],
  'tier.sell': ['售方', 'Sellers'],
  'tier.buy': ['购方', 'Buyers'],
  'tier.price': ['价格', 'Price'],
  'tier.before': ['优于该价，全额成交', 'Better priced, in full'],
  'tier.declared': ['该价申报', 'Declared at it'],
  'tier.awarded': ['该价成交', 'Awarded at it'],
  'tier.orders': ['该价段数', 'Steps at it'],
  'why.title': ['为什么是这个份额', 'Why this share'],
  'why.none': ['本单位在此时段没有申报。', 'Your organisation did not bid in this period.'],
  'why.sign.in': [
    '登录后可看到本单位各段的结果与算式。',
    'Sign in to see what each of your steps got, and the arithmetic.',
  ],
  'why.better': [
    '报价 {{price}} 优于边际价 {{margin}}，全额成交。',
    'Its price {{price}} is better than {{margin}}, that of the margin: awarded in full.',
  ],
  'why.whole': [
    '报价正是边际价 {{margin}}，该价申报全部成交。',
    'Its price is that of the margin, {{margin}}, and all that was declared at it was awarded.',
  ],
  'why.worse': [
    '报价 {{price}} 劣于边际价 {{margin}}，未成交。',
    'Its price {{price}} is worse than {{margin}}, that of the margin: nothing is awarded.',
  ],
  'why.no.trade': ['此时段购售报价没有相交，无人成交。', 'No two prices met in this period: nobody traded.'],
  'why.pro.rata': [
    '边际价 {{margin}} 共申报 {{tier}} 份、成交 {{awarded}} 份（每份 {{lot}}），按比例分摊：{{declared}} × {{awarded}} ÷ {{tier}} = {{base}} 余 {{remainder}}，先得 {{base}} 份。',
    'At the margin, {{margin}}, {{tier}} lots were declared and {{awarded}} awarded (a lot is {{lot}}), shared pro rata: {{declared}} × {{awarded}} ÷ {{tier}} = {{base}}, remainder {{remainder}}: {{base}} lots to begin with.',
  ],
  'why.extra.none': ['恰好分完，没有余份。', 'Nothing was left over.'],
  'why.extra.yes': [
    '取整后余 {{left}} 份，按余数从大到小各加 1 份，加到余数 {{least}} 为止；本段余数 {{remainder}} 更大，加 1 份。',
    'Rounding left {{left}} over, one each to the largest remainders, down to {{least}}; that of this step, {{remainder}}, is larger: one more.',
  ],
  'why.extra.no': [
    '取整后余 {{left}} 份，按余数从大到小各加 1 份，加到余数 {{least}} 为止；本段余数 {{remainder}} 较小，不加。',
    'Rounding left {{left}} over, one each to the largest remainders, down to {{least}}; that of this step, {{remainder}}, is smaller: no more.',
  ],
  'why.tie.yes': [
    '取整后余 {{left}} 份，按余数从大到小各加 1 份，加到余数 {{least}} 为止：余数相同的 {{steps}} 段中先报的 {{served}} 段得到，本段排第 {{rank}}，加 1 份。',
    'Rounding left {{left}} over, one each to the largest remainders, down to {{least}}: of the {{steps}} steps with that remainder the earliest {{served}} get one; this is number {{rank}}: one more.',
  ],
  'why.tie.no': [
    '取整后余 {{left}} 份，按余数从大到小各加 1 份，加到余数 {{least}} 为止：余数相同的 {{steps}} 段中先报的 {{served}} 段得到，本段排第 {{rank}}，不加。',
    'Rounding left {{left}} over, one each to the largest remainders, down to {{least}}: of the {{steps}} steps with that remainder the earliest {{served}} get one; this is number {{rank}}: no more.',
  ],
  'why.time': [
    '边际价 {{margin}} 按申报时间先后分配：排在前面的共 {{before}}，边际成交合计 {{awarded}}。',
    'At the margin, {{margin}}, those who came first are served first: {{before}} stood before this step, {{awarded}} was awarded in all.',
  ],
  step: ['申报段', 'Step'],
  offered: ['申报', 'Offered'],
  'why.got': ['成交', 'Awarded'],
  'step.title': ['申报 {{order}} 第{{step}}段', 'Order {{order}}, step {{step}}'],
  'whatif.title': ['假如改报', 'What if'],
  'whatif.lead': [
    '只改动本单位在此时段的申报，其余照公布的申报簿，用账本同一套出清程序重算。仅供推演：他人也可能改报。',
    'Only your own steps of this period change; the rest of the published book stays, cleared by the code of the ledger itself. It is a thought: others might have bid otherwise too.',
  ],
  'whatif.step': ['第{{at}}段', 'Step {{at}}'],
  'whatif.reset': ['恢复原报', 'As it was bid'],
  'whatif.now': ['公布结果', 'As published'],
  'whatif.then': ['假如', 'What if'],
  'whatif.change': ['变化', 'Change'],
  'whatif.clearing': ['出清价', 'Clearing price'],
  'whatif.volume.all': ['全时段成交', 'Volume of the period'],
  'whatif.own': ['本单位成交', 'Yours'],
  'whatif.money': ['本单位金额', 'Your amount'],
  'whatif.wrong': [
    '电量须为 {{lot}} 的整数倍，且各段合计不超过单元的申报上限；价格须为 {{tick}} 的整数倍，且在 {{floor}} 至 {{cap}} 之间',
    'Volumes are whole multiples of {{lot}}, all steps together within the limit of their unit; prices whole multiples of {{tick}}, from {{floor}} to {{cap}}',
  ],
  'whatif.cannot': ['更正标记的格子后重算', 'Correct the marked cells to have it computed'],
  differs: [
    '浏览器重算的结果与账本公布的不一致：出清价 {{price}}。请用验证页核对。',
    'What this browser computes differs from the result on the ledger: price {{price}}. Check it with the verifier.',
  ],
  agrees: [
    '本浏览器已重新出清此时段，与账本一致',
    'This browser has cleared the period anew: it agrees with the ledger',
  ],
})
