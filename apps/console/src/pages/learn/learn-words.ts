import { defineWords } from '../../i18n/words.ts'

/** Words of the page one learns from. */
export const learnWords = defineWords('learn', {
  title: ['学习', 'Learn'],
  lead: ['跟着做一遍，比读一遍记得牢。', 'Doing it once teaches more than reading it.'],
  tours: ['引导', 'Guided tours'],
  glossary: ['术语', 'Glossary'],
  'glossary.search': ['查找术语', 'Find a term'],
  'glossary.none': ['没有这个术语', 'No such term'],
})
