import type { IconName } from './places.ts'

/** Line drawings of 16 units, one idea each. */
const paths: { readonly [name in IconName]: string } = {
  sessions: 'M2.5 4.5h11v9h-11zM2.5 7.500h11M5.500 2.500v3M10.500 2.500v3',
  orders: 'M3 13V9h3v4zM6.500 13V6h3v7zM10 13V3h3v10z',
  results: 'M2.500 2.500v11h11M4.500 11c3 0 5.500-2 8.500-7M4.500 5c3 0 5.500 2 8.500 6',
  desk: 'M2 6.500h12M3.500 6.500v7M12.500 6.500v7M5 6.500v-4h6v4M6.500 10h3',
  bulletins: 'M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2.500',
  checks: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.800 8l1.700 1.700L10.500 6.500',
  recorded: 'M2.500 2.500h11v11h-11zM2.500 6h11M6 6v7.500M8 9h3.500M8 11h3.500',
  ledger: 'M2.500 4.500h4v4h-4zM9.500 2.500h4v4h-4zM9.500 9.500h4v4h-4zM6.500 6.500h1.500v-2h1.500M8 6.500v5h1.500',
  verify: 'M8 2a6 6 0 106 6M5.500 7.500l2.300 2.300L14 3.500',
  learn:
    'M8 4.500c-1.500-1.200-3.500-1.500-5.500-1.500v9.500c2 0 4 .3 5.500 1.500 1.500-1.200 3.500-1.500 5.500-1.500V3c-2 0-4 .3-5.500 1.500zM8 4.500V14',
  settings: 'M2.500 5h6M12 5h1.500M2.500 11H4M7.500 11h6M10.200 3.300v3.400M5.800 9.300v3.400',
}

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
