import { type ReactNode, Suspense, lazy, useMemo } from 'react'
import { WaysOfMoneyDocument } from '../api/costs'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'
import { formatCount } from '../lib/bytes'
import type { CostGroup, View } from '../lib/view'
import { Failure } from '../ui/states'
import { DIMENSIONS } from './useStatement'

const Sankey = lazy(() => import('../sankey/Sankey').then((module) => ({ default: module.Sankey })))

/** More lines than that are summed: too thin to be seen. */
const MOST_LINES = 3000
const OWNERS: ReadonlySet<CostGroup> = new Set(['workload', 'deployment', 'team', 'namespace', 'account', 'endpoint'])

/** As large as the drawing will be. */
const PLACE = <div className="sankey"><div className="sankey-place" /><p className="small">&nbsp;</p></div>

interface Props {
  readonly view: View
  readonly window: Window
  readonly onOpen: (group: CostGroup, value: string) => void
}

/** From whom, by which way, to which charge code. Loads its drawing when it is shown. */
export function Ways({ view, window, onOpen }: Props): ReactNode {
  const who = OWNERS.has(view.costBy) ? view.costBy : 'namespace'
  const variables = useMemo(
    () => ({ window, groupBy: [DIMENSIONS[who], 'PATH' as const, 'CHARGE_CODE' as const], view: view.causer ? 'CAUSER' as const : 'PAYER' as const, first: MOST_LINES }),
    [window, who, view.causer],
  )
  const { data, problem, retry } = useDocument(WaysOfMoneyDocument, variables, { keep: true })
  const parts = useMemo(() => data?.statement.lines.map((line) => ({ group: line.group, amount: line.sum.amount })) ?? [], [data])
  return (
    <section className="panel ways-of-money" aria-label="Where the money goes">
      <h2>Where the money goes <span className="quiet">whose, by which way, to which charge code</span></h2>
      {problem && <Failure problem={problem} retry={retry} />}
      {!problem && (
        <Suspense fallback={PLACE}>
          {data ? <Sankey parts={parts} currency={data.statement.currency} total={data.statement.total.amount.amount} who={who} causer={view.causer} onOpen={onOpen} /> : PLACE}
        </Suspense>
      )}
      {data && data.statement.rest.lines > 0 && <p className="quiet small">{formatCount(data.statement.rest.lines)} lines are too small to be drawn: {data.statement.rest.shown} {data.statement.currency}.</p>}
    </section>
  )
}
