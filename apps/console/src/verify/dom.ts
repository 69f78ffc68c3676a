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
