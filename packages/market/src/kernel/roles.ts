/** What an organisation is in the market; it may be several things. */
export const ROLES = ['exchange', 'dispatcher', 'regulator', 'grid', 'generator', 'retailer', 'user'] as const
export type Role = (typeof ROLES)[number]

export const roleWords: { readonly [R in Role]: { readonly zh: string; readonly en: string } } = {
  exchange: { zh: '电力交易机构', en: 'power exchange' },
  dispatcher: { zh: '电力调度机构', en: 'dispatcher' },
  regulator: { zh: '监管机构', en: 'regulator' },
  grid: { zh: '电网企业', en: 'grid company' },
  generator: { zh: '发电企业', en: 'generation company' },
  retailer: { zh: '售电公司', en: 'electricity retailer' },
  user: { zh: '电力用户', en: 'power user' },
}
