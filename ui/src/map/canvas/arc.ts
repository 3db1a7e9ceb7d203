import type { Point } from './camera'

/** A line on the screen: a quadratic curve, thick where the bytes leave. Pixels. */
export interface Arc {
  readonly from: Point
  readonly control: Point
  readonly to: Point
  /** Half of the width where the bytes leave and where they arrive. */
  readonly halfFrom: number
  readonly halfTo: number
}

const LEAST_HALF = 0.55
/** Share of the width at the receiver's end. */
const TAPER = 0.34

/**
 * The arc between two places. `bend` is its height as a share of its length; from a node to itself it is
 * the node's radius, and the arc is a loop above it.
 */
export function arcOf(a: Point, b: Point, bend: number, width: number): Arc {
  const halfFrom = Math.max(LEAST_HALF, width / 2)
  const halfTo = Math.max(LEAST_HALF, (width / 2) * TAPER)
  const dx = b.x - a.x
  const dy = b.y - a.y
  if (Math.abs(dx) + Math.abs(dy) < 0.01) {
    const y = a.y - bend * 0.4
    // A loop wider than half its node would be a blob.
    return { from: { x: a.x - bend, y }, control: { x: a.x, y: a.y - bend * 5 }, to: { x: a.x + bend, y }, halfFrom: Math.min(halfFrom, bend / 4), halfTo: Math.min(halfTo, bend / 6) }
  }
  return { from: a, control: { x: (a.x + b.x) / 2 + dy * bend, y: (a.y + b.y) / 2 - dx * bend }, to: b, halfFrom, halfTo }
}

/** The arc's point at a share of its way, 0 to 1. */
export function pointAt({ from, control, to }: Arc, share: number): Point {
  const rest = 1 - share
  return {
    x: rest * rest * from.x + 2 * rest * share * control.x + share * share * to.x,
    y: rest * rest * from.y + 2 * rest * share * control.y + share * share * to.y,
  }
}

/** The direction of the arc at a share of its way, of length 1. */
export function directionAt({ from, control, to }: Arc, share: number): Point {
  const x = (1 - share) * (control.x - from.x) + share * (to.x - control.x)
  const y = (1 - share) * (control.y - from.y) + share * (to.y - control.y)
  const length = Math.hypot(x, y) || 1
  return { x: x / length, y: y / length }
}

/** Pixels from a point to the arc less half its width there: negative on it. */
export function distanceTo(arc: Arc, { x, y }: Point, steps = 12): number {
  let least = Number.POSITIVE_INFINITY
  let before = arc.from
  for (let step = 1; step <= steps; step++) {
    const share = step / steps
    const after = pointAt(arc, share)
    const half = arc.halfFrom + (arc.halfTo - arc.halfFrom) * share
    least = Math.min(least, distanceToLine(before, after, x, y) - half)
    before = after
  }
  return least
}

/** Whether a point lies within a margin of the arc's control triangle: outside of it, it is not near the arc. */
export function nearArc({ from, control, to, halfFrom }: Arc, { x, y }: Point, margin: number): boolean {
  const reach = margin + halfFrom
  return x >= Math.min(from.x, control.x, to.x) - reach && x <= Math.max(from.x, control.x, to.x) + reach
    && y >= Math.min(from.y, control.y, to.y) - reach && y <= Math.max(from.y, control.y, to.y) + reach
}

/** Length of the arc, near enough for dashes. */
export function lengthOf({ from, control, to }: Arc): number {
  const chord = Math.hypot(to.x - from.x, to.y - from.y)
  const bow = Math.hypot(control.x - from.x, control.y - from.y) + Math.hypot(to.x - control.x, to.y - control.y)
  return (2 * chord + bow) / 3
}

function distanceToLine(a: Point, b: Point, x: number, y: number): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared))
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy)
}
