import type { Language } from '../../preferences/store.ts'
import { h } from '../dom.ts'
import { sayIn } from '../say.ts'

/** The words of the market's people stand on every page of a demo, in whatever language the rest is. */
export function demoBanner(language: Language): HTMLElement {
  const chinese = sayIn('zh')('demo')
  const words = language === 'zh' ? [chinese] : [h('span', { lang: 'zh-CN' }, chinese), sayIn('en')('demo')]
  return h('div', { class: 'banner', role: 'note' }, ...words)
}
