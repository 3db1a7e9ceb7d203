import { type ReactNode, useLayoutEffect, useRef } from 'react'
import 'uplot/dist/uPlot.min.css'
import type { Measure } from '../lib/view'
import type { Range } from '../lib/window'
import { useTheme } from '../theme/theme'
import { Plot } from './Plot'
import type { OnPick } from './picking'
import type { Minute } from './series'

interface Props {
  readonly totals: readonly Minute[]
  readonly measure: Measure
  readonly span: Range
  /** The window, shown as a lit part of the span. */
  readonly marked?: Range
  /** What was expected of each minute of `marked`, as a line over the bars. */
  readonly expected?: number | null
  /** Dragged over [from, to), or clicked (from is null). */
  readonly onPick?: OnPick
  readonly height?: number
}

/** Bars per minute on canvas. The figures are also in the tables, so the canvas is hidden from readers. */
export function Chart({ totals, measure, span, marked, expected = null, onPick, height = 84 }: Props): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const pick = useRef(onPick)
  const plot = useRef<Plot>(null)
  const pickable = onPick !== undefined
  useLayoutEffect(() => {
    pick.current = onPick
  })
  // One plot for as long as the chart stands: a drag over it outlives a new minute. Only colours are baked in.
  useLayoutEffect(() => {
    if (!host.current) return undefined
    const made = new Plot(host.current, pickable ? (from, to) => pick.current?.(from, to) : undefined)
    plot.current = made
    return () => {
      plot.current = null
      made.destroy()
    }
  }, [pickable, theme])
  useLayoutEffect(() => plot.current?.show({ totals, measure, span, marked, expected, height }), [totals, measure, span, marked, expected, height, pickable, theme])
  return <div ref={host} className="chart" aria-hidden="true" />
}
