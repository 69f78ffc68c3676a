import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { tourWords } from '../../learn/tour/tour-words.ts'
import { beginTour } from '../../learn/tour/tour-state.ts'
import { TOURS } from '../../learn/tour/tours.ts'

/** The guided tours; they act on the ledger in earnest, and so are for a demo alone. */
export function TourList() {
  const say = useWords(tourWords)
  const { data: status } = useStatus()
  const go = useNavigate()
  const isDemo = status?.demo === true
  const begin = (name: (typeof TOURS)[number]['name']): void => {
    beginTour(name)
    void go('/sessions')
  }
  return (
    <div className="tours">
      {TOURS.map(({ name, steps }) => (
        <div key={name}>
          <h3>{say(`${name}.title`)}</h3>
          <p className="muted">{say(`${name}.lead`)}</p>
          <Button disabled={!isDemo} title={isDemo ? undefined : say('demo.only')} onClick={() => begin(name)}>
            {say('begin', { count: steps.length })}
          </Button>
        </div>
      ))}
    </div>
  )
}
