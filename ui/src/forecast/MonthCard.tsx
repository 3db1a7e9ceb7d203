import type { ReactNode } from 'react'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { Money } from '../ui/figures'
import { monthOf, placesOf } from './band'
import type { Forecast } from './useForecast'

const METHODS: Record<Forecast['method'], string> = {
  NONE: 'nothing is forecast',
  HOUR_OF_DAY: 'by the median of each hour of the day',
  HOUR_OF_WEEK: 'by the median of each hour of the week',
}

/** The month so far and as it will end, with its band, its method and what that takes for granted. */
export function MonthCard({ forecast }: { readonly forecast: Forecast | null }): ReactNode {
  // The card keeps its height while it is asked for: nothing below it moves.
  if (!forecast) return <section className="card month" aria-label="The month" aria-busy="true"><span>The month</span></section>
  const { name, over } = monthOf(forecast.from, forecast.through, forecast.to)
  const { expected, low, high } = forecast
  return (
    <section className="card month" aria-label="The month">
      <span>{name} <span className="quiet">{over} % over, UTC</span></span>
      <div className="month-figures">
        <p><b className="big"><Money of={forecast.toDate} /></b> <span className="quiet">so far</span></p>
        {expected && low && high
          ? <p><b className="big"><Money of={expected} /></b> <span className="quiet">expected, <Money of={low} /> to <Money of={high} /></span></p>
          : <p><b className="big quiet">no forecast yet</b> <span className="quiet">{displayName(forecast.unknown, 160)}</span></p>}
      </div>
      <Band forecast={forecast} />
      <details className="small">
        <summary>{expected ? <>Forecast {METHODS[forecast.method]}, {formatCount(forecast.historyHours)} hours measured</> : 'How it will be forecast'}</summary>
        <ul className="evidence">
          {forecast.assumptions.map((text) => <li key={text}>{displayName(text, 300)}.</li>)}
          {!expected && <li>From 48 measured hours on by the median of each hour of the day, from two weeks on of each hour of the week; the band is how far measured days were off.</li>}
          {forecast.missingMinutes > 0 && <li>{formatCount(forecast.missingMinutes)} minutes of the month so far were not measured.</li>}
        </ul>
      </details>
    </section>
  )
}

function Band({ forecast }: { readonly forecast: Forecast }): ReactNode {
  const places = placesOf(forecast)
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`
  return (
    <svg className="band" width="100%" height="14" aria-hidden="true">
      <rect className="ground" y="3" width="100%" height="8" rx="4" />
      {places && (
        <>
          <rect className="range" y="3" x={percent(places.low)} width={percent(places.high - places.low)} height="8" rx="2" />
          <rect className="spent" y="3" width={percent(places.toDate)} height="8" rx="4" />
          <line className="expected" x1={percent(places.expected)} x2={percent(places.expected)} y1="0" y2="14" />
        </>
      )}
    </svg>
  )
}
