import { defineWords } from '../i18n/words.ts'

/** Words of what stands where something is still being read, or could not be. */
export const unreadWords = defineWords('unread', {
  refused: ['节点没有给出此内容', 'The node has not given this'],
  silent: ['没有读到此内容', 'This could not be read'],
  'silent.why': [
    '节点没有应答，或应答无法读懂；恢复后刷新本页即可，账本不受影响。',
    'The node did not answer, or not in a way that can be read. Load the page anew once it does; the ledger is not affected.',
  ],
})
