import { NavLink } from 'react-router'
import { useRoles } from '../api/roles.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Icon } from './icon.tsx'
import { type Place, placeGroups } from './places.ts'

/** Where one can go. What belongs to another role is not offered, and says so when it is opened by its address. */
export function Rail() {
  const say = useWords(shellWords)
  const roles = useRoles()
  const shown = placeGroups.filter(({ role }) => role === undefined || roles === undefined || roles.includes(role))
  return (
    <nav className="rail" aria-label={say('rail.label')}>
      {shown.map(({ word, places }) => (
        <div key={word}>
          <div className="rail-head">{say(word)}</div>
          <ul>
            {places.map((place) => (
              <li key={place.to}>
                <PlaceLink place={place} text={say(place.word)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The verifier is a page by itself, that trusts nothing of this one. */
function PlaceLink({ place: { to, icon }, text }: { readonly place: Place; readonly text: string }) {
  const inside = (
    <>
      <Icon name={icon} />
      {text}
    </>
  )
  return to.endsWith('.html') ? <a href={to}>{inside}</a> : <NavLink to={to}>{inside}</NavLink>
}
