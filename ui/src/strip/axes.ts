import type UPlot from 'uplot'
import { formatBytes } from '../lib/bytes'
import { formatMoney } from '../lib/money'
import type { Measure } from '../lib/view'
import type { Range } from '../lib/window'
import { tokenColor } from '../theme/theme'
import type { Minute } from './series'

/** What a chart shows at one moment. */
export interface Drawing {
  readonly totals: readonly Minute[]
  readonly measure: Measure
  readonly span: Range
  readonly marked: Range | undefined
  /** What was expected of each minute of `marked`, in units of the measure; null draws no line. */
  readonly expected: number | null
  /** Pixels. */
  readonly height: number
}

/** Seconds between two labels, which are of minutes. */
const WHOLE_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60)

/** Scales and axes that follow what is drawn, in the colours of the theme in force. */
export function axesOf(host: HTMLElement, drawn: () => Drawing): Pick<UPlot.Options, 'scales' | 'axes'> {
  const font = `11px ${getComputedStyle(host).fontFamily}`
  const axis = { stroke: tokenColor('--text-quiet'), font, ticks: { show: false } }
  const seconds = (iso: string): number => Date.parse(iso) / 1000
  return {
    scales: {
      x: { range: () => [seconds(drawn().span.from), seconds(drawn().span.to)] },
      y: { range: (_, __, most) => [0, Math.max(most, drawn().expected ?? 0) * 1.08 || 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 20, values: '{HH}:{mm}', incrs: WHOLE_MINUTES },
      { ...axis, grid: { stroke: tokenColor('--line'), width: 1 }, size: 64, space: 26, values: (_, splits) => splits.map((value) => label(value, drawn().measure)) },
    ],
  }
}

function label(value: number, measure: Measure): string {
  return measure === 'cost' ? formatMoney({ amount: value.toFixed(9), currency: 'USD' }) : formatBytes(BigInt(Math.round(value)))
}
