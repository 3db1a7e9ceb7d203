import { type ReactNode, useMemo } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { formatCount } from '../lib/bytes'
import { formatRange } from '../lib/time'
import { FilterBox } from '../filter/FilterBox'
import { MonthCard } from '../forecast/MonthCard'
import { useForecast } from '../forecast/useForecast'
import { COST_GROUPS, type CostGroup, isPast } from '../lib/view'
import { useView } from '../shell/useView'
import { ExportButtons } from '../ui/ExportButtons'
import { TimeRange } from '../ui/figures'
import { NoTraffic } from '../ui/NoTraffic'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Behind } from './Behind'
import { Bills } from './Bills'
import { CostTable } from './CostTable'
import { CostSums, Hourly } from './CostSums'
import { exported } from './exported'
import { useStatement } from './useStatement'
import { Ways } from './Ways'

export const GROUP_LABELS: Record<CostGroup, string> = {
  workload: 'Workloads', deployment: 'Rollouts', team: 'Teams', namespace: 'Namespaces', account: 'Accounts', endpoint: 'Endpoints',
  path: 'Paths', code: 'Charge codes', zone: 'Zones', hour: 'Hours', day: 'Days',
}

/** What it costs: lines of a bill, shown to whom the cloud bills or to who caused them. */
export function CostsScreen(): ReactNode {
  const { view, patch } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data, problem, retry, range, window } = useStatement(view, windows)
  const month = useForecast(useMemo(() => ({ ...windows, window: { ...windows.window, filter: view.filter === '' ? null : view.filter } }), [windows, view.filter]))
  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  const filter = <FilterBox filter={view.filter} window={windows.window} onFilter={(text) => patch({ filter: text, line: null })} />
  if (problem && !data) return <section className="screen">{view.filter !== '' && filter}<Failure problem={problem} retry={retry} /></section>
  if (!data || !range) return <Skeleton label="the statement" rows={10} />
  const { statement } = data
  return (
    <div className={isPast(view) ? 'mapscreen past' : 'mapscreen'}>
      <section className="stage compare costs">
        <div className="toolbar">
          <p className="sums"><b><TimeRange {...range} /></b></p>
          <label className="choice">
            Lines
            <select value={view.costBy} onChange={(event) => { const costBy = COST_GROUPS.find((one) => one === event.target.value); if (costBy) patch({ costBy, line: null }) }}>
              {COST_GROUPS.map((group) => <option key={group} value={group}>{GROUP_LABELS[group]}</option>)}
            </select>
          </label>
          <fieldset className="segmented">
            <legend>Shown to</legend>
            <button type="button" aria-pressed={!view.causer} title="Whom the cloud bills: sender, receiver or gateway" onClick={() => patch({ causer: false, line: null })}>Payer</button>
            <button type="button" aria-pressed={view.causer} title="Who opened the connection and so asked for the data" onClick={() => patch({ causer: true, line: null })}>Causer</button>
          </fieldset>
          <button type="button" className="button" aria-pressed={view.monthToDate} title="From the start of the calendar month, UTC" onClick={() => patch({ monthToDate: !view.monthToDate, line: null })}>Month to date</button>
          <ExportButtons name={`costs-by-${view.costBy}`} table={() => exported(view, statement)} />
        </div>
        {filter}
        {problem && <Failure problem={problem} retry={retry} />}
        <div className="cards">
          <MonthCard forecast={month.data?.forecast ?? null} />
          <CostSums statement={statement} />
        </div>
        {month.problem && <Failure problem={month.problem} retry={month.retry} />}
        <Ways view={view} window={window} onOpen={(costBy, line) => patch({ costBy, line })} />
        {statement.lines.length === 0 ? <NoTraffic window={window} range={formatRange(range.from, range.to)} /> : <CostTable lines={statement.lines} statement={statement} view={view} onOpen={(line) => patch({ line })} />}
        {statement.rest.lines > 0 && (
          <p className="rest">{formatCount(statement.rest.lines)} more are not listed: {statement.rest.shown} {statement.currency}, and {statement.rest.standingShown} {statement.currency} by the hour.</p>
        )}
        {view.line !== null && <Behind view={view} window={window} value={view.line} onClose={() => patch({ line: null })} />}
        <Hourly statement={statement} />
        <Bills />
      </section>
    </div>
  )
}
