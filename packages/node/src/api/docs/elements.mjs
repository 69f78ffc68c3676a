/** An element with its attributes and children; texts become text and nothing else. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children.filter((child) => child !== ''))
  return made
}

/** Panels of which one shows, chosen by tabs. */
export function tabs(label, panels) {
  const list = element('div', { role: 'tablist', 'aria-label': label })
  const shown = element('pre', { role: 'tabpanel', tabindex: '0' })
  const choose = (chosen) => {
    for (const tab of list.children) tab.setAttribute('aria-selected', String(tab.textContent === chosen))
    shown.replaceChildren(panels[chosen])
  }
  for (const name of Object.keys(panels)) {
    const tab = element('button', { type: 'button', role: 'tab' }, name)
    tab.addEventListener('click', () => choose(name))
    list.append(tab)
  }
  choose(Object.keys(panels)[0])
  return element('div', {}, list, shown)
}

/** A table of texts. */
export function table(head, rows) {
  const titles = head.map((title) => element('th', { scope: 'col' }, title))
  const lines = rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell))))
  return element(
    'div',
    { class: 'scroll', tabindex: '0' },
    element('table', {}, element('thead', {}, element('tr', {}, ...titles)), element('tbody', {}, ...lines)),
  )
}
