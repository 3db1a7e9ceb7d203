import { type ReactNode, useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatBytes } from '../lib/bytes'
import { formatMoney } from '../lib/money'
import { MINUTE_MS, toIso } from '../lib/time'
import type { Measure } from '../lib/view'
import type { Range } from '../lib/window'
import { tokenColor, useTheme } from '../theme/theme'
import { type Minute, columns } from './series'

interface Props {
  readonly totals: readonly Minute[]
  readonly measure: Measure
  readonly span: Range
  /** The window, shown as a lit part of the span. */
  readonly marked?: Range
  /** Dragged over [from, to), or clicked (from is null). */
  readonly onPick?: (from: string | null, to: string) => void
  readonly height?: number
}

/** Bars per minute on canvas. The figures are also in the tables, so the canvas is hidden from readers. */
export function Chart({ totals, measure, span, marked, onPick, height = 84 }: Props): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })
  const pickable = onPick !== undefined
  useEffect(() => {
    const element = host.current
    if (!element) return undefined
    const plot = new UPlot(options(element, { span, measure, marked, height, pick: pickable ? (from, to) => pick.current?.(from, to) : undefined }), columns(totals, measure, span), element)
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [totals, measure, span, marked, height, pickable, theme])
  return <div ref={host} className="chart" aria-hidden="true" />
}

/** Seconds between two labels, which are of minutes. */
const WHOLE_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60)

interface Drawing {
  readonly span: Range
  readonly measure: Measure
  readonly marked: Range | undefined
  readonly height: number
  readonly pick: ((from: string | null, to: string) => void) | undefined
}

function options(element: HTMLElement, { span, measure, marked, height, pick }: Drawing): UPlot.Options {
  const quiet = tokenColor('--text-quiet')
  const font = `11px ${getComputedStyle(element).fontFamily}`
  const axis = { stroke: quiet, font, ticks: { show: false } }
  const show = (value: number): string => (measure === 'cost' ? formatMoney({ amount: value.toFixed(9), currency: 'USD' }) : formatBytes(BigInt(Math.round(value))))
  return {
    width: element.clientWidth,
    height,
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    // Half a letter above, so that a label at the very top is not cut.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: pick !== undefined, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { range: () => [Date.parse(span.from) / 1000, Date.parse(span.to) / 1000] }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] } },
    axes: [
      { ...axis, grid: { show: false }, size: 20, values: '{HH}:{mm}', incrs: WHOLE_MINUTES },
      { ...axis, grid: { stroke: tokenColor('--line'), width: 1 }, size: 64, space: 26, values: (_, splits) => splits.map(show) },
    ],
    series: [{}, { stroke: tokenColor('--accent'), fill: tokenColor('--accent'), paths: UPlot.paths.bars?.({ size: [0.8], align: 1 }) ?? null, points: { show: false } }],
    hooks: {
      drawClear: [(plot) => marked && shade(plot, marked, '--accent-ground', 1)],
      draw: [(plot) => marked && dimOutside(plot, marked)],
      setSelect: [(plot) => pick && picked(plot, pick)],
      ready: [(plot) => pick && plot.over.addEventListener('click', (event) => clicked(plot, event, pick))],
    },
  } as UPlot.Options
}

/** Paints over a part of the span in a token's colour. */
function shade(plot: UPlot, { from, to }: Range, token: string, opacity: number): void {
  const { ctx, bbox } = plot
  const inside = (iso: string): number => Math.min(Math.max(plot.valToPos(Date.parse(iso) / 1000, 'x', true), bbox.left), bbox.left + bbox.width)
  ctx.save()
  ctx.globalAlpha = opacity
  ctx.fillStyle = tokenColor(token)
  ctx.fillRect(inside(from), bbox.top, inside(to) - inside(from), bbox.height)
  ctx.restore()
}

/** Bars outside of the window step back. */
function dimOutside(plot: UPlot, { from, to }: Range): void {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {}
  const edge = (seconds: number): string => toIso(seconds * 1000)
  shade(plot, { from: edge(min), to: from }, '--surface', 0.6)
  shade(plot, { from: to, to: edge(max) }, '--surface', 0.6)
}

const LEAST_DRAG_PX = 4

function picked(plot: UPlot, pick: NonNullable<Drawing['pick']>): void {
  const { left, width } = plot.select
  if (width < LEAST_DRAG_PX) return
  pick(minuteAt(plot, left, Math.floor), minuteAt(plot, left + width, Math.ceil))
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}

function clicked(plot: UPlot, event: MouseEvent, pick: NonNullable<Drawing['pick']>): void {
  if (plot.select.width >= LEAST_DRAG_PX) return
  pick(null, minuteAt(plot, event.clientX - plot.over.getBoundingClientRect().left, Math.ceil))
}

function minuteAt(plot: UPlot, left: number, round: (value: number) => number): string {
  return toIso(round((plot.posToVal(left, 'x') * 1000) / MINUTE_MS) * MINUTE_MS)
}
