import { type ReactNode, Suspense, lazy, useMemo } from 'react'
import { TotalsDocument } from '../api/documents'
import { useHead } from '../api/head'
import { useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import { type Range, youngStrip } from '../lib/window'
import { MINUTE_MS, formatClock, formatRange, shift, toIso } from '../lib/time'
import { useKeys } from '../keys/useKeys'
import type { View } from '../lib/view'
import { Clock } from '../ui/figures'
import { useView } from '../shell/useView'
import { Marks } from './Marks'
import { PACES } from './play'
import { usePlay } from './usePlay'

const Chart = lazy(() => import('./Chart').then((module) => ({ default: module.Chart })))

interface Props {
  readonly view: View
  readonly windows: Asked
  readonly patch: (change: Partial<View>) => void
  /** True where the screen keeps to the view's filter, and so do the totals. */
  readonly filtered?: boolean
}

/** Totals per minute around the window, and the scrubber that moves the window. */
export function TotalsStrip({ view, windows, patch, filtered = false }: Props): ReactNode {
  const { newest } = useHead()
  const { range, strip } = windows
  const filter = filtered ? view.filter : ''
  const variables = useMemo(() => ({ window: filter === '' ? strip : { ...strip, filter } }), [strip, filter])
  const { slide } = useView()
  const { data } = useDocument(TotalsDocument, variables, { pause: range === null, keep: true })
  const { first, span } = useKnown(windows)
  const playing = usePlay(view, range, span && { from: first ?? span.from, to: span.to }, slide)
  useKeys({ ' ': playing.toggle })
  if (!range || !span) return null

  /** The newest minute is live, every other is the past. */
  const end = (to: string, from: string | null): void => {
    patch(Date.parse(to) >= Date.parse(newest) ? { to: null, from: null } : { to, from })
  }
  const minute = (iso: string): number => Math.round(Date.parse(iso) / MINUTE_MS)
  const what = view.measure === 'cost' ? 'Cost' : 'Bytes'
  return (
    <section className="strip" aria-label={`${what} per minute`}>
      <div className="strip-head">
        <button type="button" className="button play" aria-pressed={playing.on} title="Play through the minutes (Space)" onClick={playing.toggle}><span aria-hidden="true">{playing.on ? '❚❚' : '▶'}</span> {playing.on ? 'Pause' : 'Play'}</button>
        <label className="pace"><span className="hidden">Minutes a second</span>
          <select value={playing.pace} onChange={(event) => playing.setPace(PACES.find((pace) => pace === Number(event.target.value)) ?? 1)}>
            {PACES.map((pace) => <option key={pace} value={pace}>{pace} min/s</option>)}
          </select>
        </label>
        <p className="strip-title quiet"><b>{what} per minute</b> {formatRange(span.from, span.to)}{first !== null && <>, known since <Clock of={first} /></>}. Drag to choose a window, click to end it there.</p>
      </div>
      <div className="strip-chart">
        <Marks window={strip} span={span} />
        <Suspense fallback={null}>
          {data && (
            <Chart
              totals={data.totals}
              measure={view.measure}
              span={span}
              marked={range}
              onPick={(from, to) => end(to, from)}
            />
          )}
        </Suspense>
      </div>
      <label className="scrubber">
        <span className="hidden">End of the window</span>
        <input
          type="range"
          min={minute(span.from) + 1}
          max={minute(span.to)}
          step={1}
          value={minute(range.to)}
          aria-valuetext={formatClock(range.to)}
          onChange={(event) => end(toIso(Number(event.target.value) * MINUTE_MS), view.from === null ? null : shift(toIso(Number(event.target.value) * MINUTE_MS), Date.parse(range.from) - Date.parse(range.to)))}
        />
      </label>
    </section>
  )
}

/** What the strip shows of its window, and the first minute that is known where that cuts it; whatever the filter, so that it stays as long. */
function useKnown({ range, strip, stripRange }: Asked): { readonly first: string | null; readonly span: Range | null } {
  const variables = useMemo(() => ({ window: strip }), [strip])
  const { data } = useDocument(TotalsDocument, variables, { pause: range === null, keep: true })
  const first = data?.totals[0]?.minute ?? null
  return useMemo(() => {
    if (!range || !stripRange) return { first: null, span: null }
    const span = youngStrip(stripRange, first, range)
    return { span, first: span === stripRange ? null : first }
  }, [range, stripRange, first])
}
