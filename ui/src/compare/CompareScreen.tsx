import { type ReactNode, useCallback } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { Drawer } from '../drawer/Drawer'
import { formatCount } from '../lib/bytes'
import { formatRange, formatRangeBeside } from '../lib/time'
import { AGAINST, type Against, GROUPS, type Group, type Selection, isPast } from '../lib/view'
import { useGraph } from '../map/useGraph'
import { useView } from '../shell/useView'
import { Bytes, Money } from '../ui/figures'
import { Empty, Failure, Skeleton } from '../ui/states'
import { DiffTable } from './DiffTable'
import { type Halves, halvesOf } from './halves'
import { Summary } from './Summary'
import { type Diff, useDiff } from './useDiff'

const AGAINST_LABELS: Record<Against, string> = { prev: 'Window before', '1h': '1 h earlier', '1d': '1 day earlier', '7d': '7 days earlier' }
const GROUP_LABELS: Record<Group, string> = { transfer: 'Transfers', pair: 'Pairs', source: 'Senders', namespace: 'Namespaces', team: 'Teams', zone: 'Zones', path: 'Paths' }
const MEASURES = [['cost', 'Cost'], ['bytes', 'Bytes']] as const

/** What changed between two windows: exactly, ranked by what it costs. */
export function CompareScreen(): ReactNode {
  const { view, patch } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data, problem, retry, earlier } = useDiff(view, windows)
  const graph = useGraph(view, windows).data
  const select = useCallback((selection: Selection | null) => patch({ selection }), [patch])

  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data || !earlier || !windows.range) return <Skeleton label="the comparison" rows={10} />
  const { diff } = data
  return (
    <div className={isPast(view) ? 'mapscreen past' : 'mapscreen'}>
      <section className="stage compare">
        <div className="toolbar">
          <p className="sums">
            <span><b>{formatRange(windows.range.from, windows.range.to)}</b> against {formatRangeBeside(earlier.from, earlier.to, windows.range.from)}</span>
          </p>
          <Choice legend="Against" values={AGAINST} labels={AGAINST_LABELS} chosen={view.against} onChoose={(against) => patch({ against, selection: null })} />
          <Choice legend="Rows" values={GROUPS} labels={GROUP_LABELS} chosen={view.group} onChoose={(group) => patch({ group, selection: null })} />
          <fieldset className="segmented">
            <legend>Rank by</legend>
            {MEASURES.map(([measure, label]) => <button key={measure} type="button" aria-pressed={view.measure === measure} onClick={() => patch({ measure })}>{label}</button>)}
          </fieldset>
        </div>
        {problem && <Failure problem={problem} retry={retry} />}
        <Missing diff={diff} onHalves={(halves) => patch({ ...halves, against: 'prev', selection: null })} />
        <Summary diff={diff} />
        {diff.rows.length === 0
          ? <section className="state" role="status"><h2>Nothing changed</h2><p>Every group carried the same bytes at the same cost in both windows.</p></section>
          : <DiffTable rows={diff.rows} view={view} onSelect={select} />}
        {diff.rest.rows > 0 && (
          <p className="rest">{formatCount(diff.rest.rows)} more changed and are not listed: <Money of={diff.rest.costChange} /> and <Bytes of={diff.rest.bytesChange} /> of change.</p>
        )}
      </section>
      {view.selection && graph && <Drawer selection={view.selection} window={windows.window} graph={graph} bundles={[]} onSelect={select} />}
    </div>
  )
}

/** Says where a side is not whole: what was not folded is missing, not gone. */
function Missing({ diff, onHalves }: { readonly diff: Diff; readonly onHalves: (halves: Halves['range']) => void }): ReactNode {
  const [before, after] = [diff.before.window, diff.after.window]
  const halves = halvesOf(before, after)
  const partial = ([['before', before], ['after', after]] as const).filter(([, side]) => missing(side) > 0)
  if (partial.length === 0) return null
  return (
    <p className="notice warn" role="status">
      <b>Partial</b> {partial.map(([name, side]) => `${missing(side)} of ${side.minutes} minutes of the window ${name} are not known`).join('; ')}. What they carried shows as new or gone.
      {halves && <button type="button" className="button" onClick={() => onHalves(halves.range)}>Compare the newest {halves.minutes} {halves.minutes === 1 ? 'minute with the one' : `minutes with the ${halves.minutes}`} before</button>}
    </p>
  )
}

/** How many minutes of a window are not folded; none where no version says. */
function missing({ minutes, foldedMinutes }: Diff['before']['window']): number {
  return minutes - (foldedMinutes ?? minutes)
}

interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly values: readonly Value[]
  readonly labels: Record<Value, string>
  readonly chosen: Value
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends string>({ legend, values, labels, chosen, onChoose }: ChoiceProps<Value>): ReactNode {
  return (
    <label className="choice">
      {legend}
      <select value={chosen} onChange={(event) => { const value = values.find((one) => one === event.target.value); if (value) onChoose(value) }}>
        {values.map((value) => <option key={value} value={value}>{labels[value]}</option>)}
      </select>
    </label>
  )
}
