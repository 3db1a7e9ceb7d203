import { useMemo } from 'react'
import { ForecastDocument } from '../api/costs'
import { type Answer, useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import type { ForecastQuery } from '../gql/graphql'

export type Forecast = ForecastQuery['forecast']

/** The month that the window ends in: so far, and as it will end. */
export function useForecast({ range, window }: Asked): Answer<ForecastQuery> {
  const variables = useMemo(() => ({ window: { to: range?.to ?? null, asOf: window.asOf ?? null, filter: window.filter ?? null } }), [range?.to, window.asOf, window.filter])
  return useDocument(ForecastDocument, variables, { pause: range === null, keep: true })
}
