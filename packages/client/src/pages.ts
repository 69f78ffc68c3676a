import type { Transport } from './transport.ts'

type Page<Item, Field extends string> = { readonly [F in Field]: readonly Item[] } & {
  readonly next?: string | number
  readonly more: boolean
}

/** The items of a list, page by page, as they are asked for. */
export async function* pageOf<Item, Field extends string>(
  transport: Transport,
  path: string,
  field: Field,
  fixed: { readonly [param: string]: string },
): AsyncGenerator<Item> {
  const query = new URLSearchParams(fixed)
  for (;;) {
    const page = await transport.getJson<Page<Item, Field>>(`${path}?${query.toString()}`)
    yield* page[field] as readonly Item[]
    if (!page.more || page.next === undefined) return
    query.set('after', String(page.next))
  }
}
