type Child = Node | string | undefined | false
interface Attributes {
  readonly [name: string]: string | boolean | undefined | ((event: never) => void)
}

/**
 * An element. Functions are listeners, named without `on`; `true` is an attribute without a value; false and undefined are left out.
 * Text is text: nothing given is ever read as HTML.
 * @example h('button', { class: 'plain', click: () => close() }, '关闭')
 */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value as EventListener)
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false))
  return element
}

/**
 * Draws something in `place` anew. Whoever stands there by keyboard stands in its counterpart afterwards, and what was typed or opened
 * stays: known by id.
 */
export function redraw(place: Element, draw: () => void): void {
  const back = standingIn(place)
  const before = [...place.querySelectorAll('input[type=text][id], textarea[id], details[id]')]
  draw()
  for (const old of before) {
    const now = document.getElementById(old.id)
    // Setting what stands there already would move the caret, and end what an input method has begun.
    if (now === null || now === old) continue
    if (now instanceof HTMLDetailsElement && old instanceof HTMLDetailsElement) now.open = old.open
    if (isTyped(now) && isTyped(old)) now.value = old.value
  }
  back()
}

/** Notes where in `place` the keyboard is; the answer brings it back there, unless it has gone on meanwhile. */
export function standingIn(place: Element): () => void {
  const { activeElement } = document
  const id = activeElement !== null && place.contains(activeElement) ? activeElement.id : ''
  return () => {
    const isNowhere = document.activeElement === null || document.activeElement === document.body
    if (id !== '' && isNowhere) document.getElementById(id)?.focus()
  }
}

const isTyped = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
