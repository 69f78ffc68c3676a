import type { Invitation } from '@dujiang/market'
import { useMemo } from 'react'
import { type Named, useAwards, useInvitations, useUnits } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { clerkWords } from './clerk-words.ts'

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0)

/** Who may take part, and what they may bid over all periods; after the gate also what they were awarded. */
export function InvitedUnits({ id }: { readonly id: string }) {
  const say = useWords(clerkWords)
  const names = useUnitNames()
  const narrow = useNarrow()
  const invitations = useInvitations(id)
  const units = useUnits()
  const awards = useAwards(id)
  const nameOfOrg = useNameOfOrg()
  const known = useMemo(() => new Map(units?.map((unit) => [unit.id, unit])), [units])
  const awarded = useMemo(
    () =>
      new Map(
        awards?.map(({ id: unit, awards: all }) => [unit, sumOf(all.flatMap(({ awardsWh }) => awardsWh.map(sumOf)))]),
      ),
    [awards],
  )
  if (invitations === undefined) {
    return (
      <Section title={say('part.units')}>
        <Unread />
      </Section>
    )
  }
  const columns: Column<Named<Invitation>>[] = [
    { key: 'unit', title: say('unit.id'), cell: (row) => <strong>{row.id}</strong> },
    { key: 'name', title: say('unit.name'), cell: (row) => known.get(row.id)?.name },
    {
      key: 'org',
      title: say('unit.org'),
      cell: (row) => {
        const org = known.get(row.id)?.org
        return org === undefined ? null : nameOfOrg(org)
      },
    },
    {
      key: 'side',
      title: say('unit.side'),
      width: 90,
      cell: (row) => {
        const side = known.get(row.id)?.side
        return side === undefined ? null : <SideChip side={side} />
      },
    },
    {
      key: 'limit',
      title: `${say('unit.limit')} ${names.energy}`,
      align: 'right',
      cell: (row) => <Energy wh={sumOf(row.limitWh)} />,
    },
    ...(awarded.size === 0
      ? []
      : [
          {
            key: 'award',
            title: `${say('unit.bid')} ${names.energy}`,
            align: 'right' as const,
            cell: (row: Named<Invitation>) => <Energy wh={awarded.get(row.id)} />,
          },
        ]),
  ]
  return (
    <Section title={`${say('part.units')} ${invitations.length}`}>
      {invitations.length === 0 ? (
        <p className="muted">
          {say('units.none')} {say('units.none.why')}
        </p>
      ) : (
        <DenseTable
          label={say('part.units')}
          rows={invitations}
          rowKey={(row) => row.id}
          columns={narrow ? columns.filter(({ key }) => key !== 'name' && key !== 'org') : columns}
          heightMax={420}
        />
      )}
    </Section>
  )
}
