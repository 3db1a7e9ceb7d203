import UPlot from 'uplot'
import type { Range } from '../lib/window'
import { toIso } from '../lib/time'
import { tokenColor } from '../theme/theme'
import { type Drawing, axesOf } from './axes'
import { type OnPick, listen } from './picking'
import { columns } from './series'

/** uPlot with what it draws: made once, and shown another drawing at each new minute. Its colours are those of the theme that it is made in. */
export class Plot {
  private plot: UPlot | null = null
  private drawn: Drawing | null = null
  /** What came while somebody drags: the picture under a drag stands still, so that it ends at the minutes it was drawn over. */
  private waiting: Drawing | null = null
  private held = false
  private deafen: (() => void) | undefined
  private readonly watch = new ResizeObserver(() => this.resize())

  constructor(private readonly host: HTMLElement, private readonly pick: OnPick | undefined) {
    this.watch.observe(host)
  }

  show(drawing: Drawing): void {
    if (this.held) {
      this.waiting = drawing
      return
    }
    const before = this.drawn
    this.drawn = drawing
    if (!before) this.make(drawing)
    else this.redraw(drawing)
  }

  destroy(): void {
    this.watch.disconnect()
    this.deafen?.()
    this.plot?.destroy()
  }

  private make(drawing: Drawing): void {
    const plot = new UPlot(this.options(drawing), columns(drawing.totals, drawing.measure, drawing.span), this.host)
    this.plot = plot
    if (this.pick) this.deafen = listen(plot, { hold: () => { this.held = true }, release: () => this.release(), pick: this.pick })
  }

  private redraw({ totals, measure, span }: Drawing): void {
    this.resize()
    this.plot?.batch((plot: UPlot) => {
      plot.setData(columns(totals, measure, span))
      // Labels are those of another measure even where the scale is the same.
      plot.redraw(false, true)
    })
  }

  private resize(): void {
    if (this.plot && this.drawn) this.plot.setSize({ width: this.host.clientWidth, height: this.drawn.height })
  }

  private release(): void {
    const drawing = this.waiting
    this.held = false
    this.waiting = null
    if (drawing) this.show(drawing)
  }

  private options(first: Drawing): UPlot.Options {
    const drawn = (): Drawing => this.drawn ?? first
    return {
      width: this.host.clientWidth,
      height: first.height,
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      // Half a letter above, so that a label at the very top is not cut.
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { show: this.pick !== undefined, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      ...axesOf(this.host, drawn),
      series: [{}, { stroke: tokenColor('--accent'), fill: tokenColor('--accent'), paths: UPlot.paths.bars?.({ size: [0.8], align: 1 }) ?? null, points: { show: false } }],
      hooks: {
        drawClear: [(plot) => light(plot, drawn().marked)],
        draw: [(plot) => dimOutside(plot, drawn().marked), (plot) => level(plot, drawn())],
      },
    } as UPlot.Options
  }
}

function light(plot: UPlot, marked: Range | undefined): void {
  if (marked) shade(plot, marked, '--accent-ground', 1)
}

/** Bars outside of the window step back. */
function dimOutside(plot: UPlot, marked: Range | undefined): void {
  if (!marked) return
  const { min = 0, max = 0 } = plot.scales['x'] ?? {}
  const edge = (seconds: number): string => toIso(seconds * 1000)
  shade(plot, { from: edge(min), to: marked.from }, '--surface', 0.6)
  shade(plot, { from: marked.to, to: edge(max) }, '--surface', 0.6)
}

/** A broken line over the marked part, at the height of what was expected there. */
function level(plot: UPlot, { marked, expected }: Drawing): void {
  if (!marked || expected === null) return
  const { ctx } = plot
  const height = plot.valToPos(expected, 'y', true)
  ctx.save()
  ctx.strokeStyle = tokenColor('--text')
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(inside(plot, marked.from), height)
  ctx.lineTo(inside(plot, marked.to), height)
  ctx.stroke()
  ctx.restore()
}

/** Where a moment lies on the canvas, at the border where it is outside. */
function inside(plot: UPlot, iso: string): number {
  const { left, width } = plot.bbox
  return Math.min(Math.max(plot.valToPos(Date.parse(iso) / 1000, 'x', true), left), left + width)
}

/** Paints over a part of the span in a token's colour. */
function shade(plot: UPlot, { from, to }: Range, token: string, opacity: number): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.globalAlpha = opacity
  ctx.fillStyle = tokenColor(token)
  ctx.fillRect(inside(plot, from), bbox.top, inside(plot, to) - inside(plot, from), bbox.height)
  ctx.restore()
}
