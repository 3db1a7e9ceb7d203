import { useMemo } from 'react'
import { StatementDocument, StatementLineDocument } from '../api/costs'
import { type Answer, useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import type { StatementDimension, StatementLineQuery, StatementQuery, Window } from '../gql/graphql'
import type { CostGroup, View } from '../lib/view'
import type { Range } from '../lib/window'

export type Statement = StatementQuery['statement']
export type StatementLine = Statement['lines'][number]

/** At most this many lines are listed; the others are summed. */
export const LISTED = 200

export const DIMENSIONS: Record<CostGroup, StatementDimension> = {
  workload: 'WORKLOAD', deployment: 'DEPLOYMENT', team: 'TEAM', namespace: 'NAMESPACE', account: 'ACCOUNT', endpoint: 'ENDPOINT',
  path: 'PATH', code: 'CHARGE_CODE', zone: 'ZONE_PAIR', hour: 'HOUR', day: 'DAY',
}

/** The window of the Costs screen: the view's, or from the start of its calendar month (UTC). */
export function costRange(range: Range, monthToDate: boolean): Range {
  if (!monthToDate) return range
  const last = new Date(Date.parse(range.to) - 60_000)
  return { from: `${last.toISOString().slice(0, 7)}-01T00:00:00Z`, to: range.to }
}

export interface Costs extends Answer<StatementQuery> {
  readonly range: Range | null
  readonly window: Window
}

/** What the window costs, line by line. */
export function useStatement(view: View, asked: Asked): Costs {
  const range = useMemo(() => asked.range && costRange(asked.range, view.monthToDate), [asked.range, view.monthToDate])
  const window = useMemo(() => ({ ...range, asOf: asked.window.asOf ?? null, filter: view.filter === '' ? null : view.filter }), [range, asked.window, view.filter])
  const variables = useMemo(
    () => ({ window, groupBy: [DIMENSIONS[view.costBy]], view: view.causer ? 'CAUSER' as const : 'PAYER' as const, first: LISTED }),
    [window, view.costBy, view.causer],
  )
  return { ...useDocument(StatementDocument, variables, { pause: range === null, keep: true }), range, window }
}

/** What is behind one line: its charges and its transfers. */
export function useStatementLine(view: View, window: Window, value: string): Answer<StatementLineQuery> {
  const variables = useMemo(() => {
    const dimension = DIMENSIONS[view.costBy]
    return { window, where: [{ dimension, value }], groupBy: [dimension], view: view.causer ? 'CAUSER' as const : 'PAYER' as const }
  }, [window, view.costBy, view.causer, value])
  return useDocument(StatementLineDocument, variables, { keep: true })
}
