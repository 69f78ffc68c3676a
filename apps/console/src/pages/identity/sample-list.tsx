import { type Org, ROLES } from '@dujiang/market'
import { useRows, useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { useIdentity } from '../../keys/identity.ts'
import { type SampleIdentity, signInAsSample, useSamples } from '../../keys/sample.ts'
import { marketWords } from '../../market/market-words.ts'
import { Section } from '../../ui/page.tsx'
import { useGoOn } from './go-on.ts'
import { identityWords } from './identity-words.ts'

/** The sample province's people by role, on a demo chain only. */
export function SampleList() {
  const say = useWords(identityWords)
  const role = useWords(marketWords)
  const { data: status } = useStatus()
  const { data: samples = [] } = useSamples(status?.demo === true)
  const { data: orgs } = useRows<Org>('members/org')
  const onLedger = new Set(orgs?.map(({ key }) => key))
  if (samples.length === 0) return null
  return (
    <Section title={say('sample.title')}>
      <p className="muted">{say('sample.lead')}</p>
      <div className="samples">
        {ROLES.filter((each) => samples.some((sample) => sample.role === each)).map((each) => (
          <div key={each}>
            <h3>{role(`role.${each}`)}</h3>
            <ul>
              {samples
                .filter((sample) => sample.role === each)
                .map((sample) => (
                  <li key={`${sample.org}/${sample.person}`}>
                    <Sample
                      sample={sample}
                      isOnLedger={onLedger.has(sample.org)}
                      alone={!samples.some((other) => isColleague(other, sample))}
                    />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  )
}

const isColleague = (a: SampleIdentity, b: SampleIdentity): boolean => a.org === b.org && a.person !== b.person

interface SampleProps {
  readonly sample: SampleIdentity
  /** Nobody else signs for the organisation: its name says who it is. */
  readonly alone: boolean
  /** Until the exchange has admitted it, the ledger knows no key of it. */
  readonly isOnLedger: boolean
}

function Sample({ sample, alone, isOnLedger }: SampleProps) {
  const say = useWords(identityWords)
  const signedIn = useIdentity()
  const goOn = useGoOn()
  const isCurrent = signedIn?.identity.key === sample.key.key
  const choose = (): void => {
    signInAsSample(sample)
    goOn()
  }
  return (
    <button
      type="button"
      aria-pressed={isCurrent}
      disabled={!isOnLedger}
      title={isOnLedger ? undefined : say('sample.not.yet')}
      onClick={choose}
    >
      {sample.name}
      {alone ? null : <span className="muted"> {sample.person}</span>}
    </button>
  )
}
