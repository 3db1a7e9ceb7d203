import type UPlot from 'uplot'
import { MINUTE_MS, toIso } from '../lib/time'

/** A window was chosen: dragged over [from, to), or its end clicked (from is null). */
export type OnPick = (from: string | null, to: string) => void

interface Picking {
  /** The button is down: nothing under the pointer may move until `release`. */
  readonly hold: () => void
  readonly release: () => void
  readonly pick: OnPick
}

/** A pointer that shakes by less clicks. */
const LEAST_DRAG_PX = 4
const NOTHING = { left: 0, top: 0, width: 0, height: 0 }

/** Tells what somebody chooses with the pointer; returns what ends it. uPlot draws the drag, and has heard of each event before. */
export function listen(plot: UPlot, { hold, release, pick }: Picking): () => void {
  const end = new AbortController()
  const { signal } = end
  const down = ({ button }: MouseEvent): void => {
    if (button !== 0) return
    hold()
    document.addEventListener('mouseup', up, { signal })
  }
  const up = (event: MouseEvent): void => {
    if (event.button !== 0) return
    document.removeEventListener('mouseup', up)
    choose(plot, event, pick)
    release()
  }
  plot.over.addEventListener('mousedown', down, { signal })
  return () => end.abort()
}

function choose(plot: UPlot, { target, clientX }: MouseEvent, pick: OnPick): void {
  const { left, width } = plot.select
  plot.setSelect(NOTHING, false)
  if (width >= LEAST_DRAG_PX) pick(minuteAt(plot, left, Math.floor), minuteAt(plot, left + width, Math.ceil))
  else if (target instanceof Node && plot.over.contains(target)) pick(null, minuteAt(plot, clientX - plot.over.getBoundingClientRect().left, Math.ceil))
}

function minuteAt(plot: UPlot, left: number, round: (value: number) => number): string {
  return toIso(round((plot.posToVal(left, 'x') * 1000) / MINUTE_MS) * MINUTE_MS)
}
