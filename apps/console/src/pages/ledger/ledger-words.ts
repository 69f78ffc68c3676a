import { defineWords } from '../../i18n/words.ts'

/** Words of the ledger's pages. */
export const ledgerWords = defineWords('ledger', {
  'ledger.title': ['账本', 'Ledger'],
  'ledger.empty': ['账本为空', 'The ledger is empty'],
  'ledger.empty.why': [
    '第一笔业务上链后，区块与回执列在这里。',
    'With the first act its block and receipt stand here.',
  ],
})
