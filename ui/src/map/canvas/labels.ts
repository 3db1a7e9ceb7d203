import type { Size } from './camera'
import type { PlacedNode } from './picture'

/** A label that has room: its text goes below its node, or above where below is taken. */
export interface PlacedLabel {
  readonly text: string
  /** Middle of the text and its top, in pixels. */
  readonly x: number
  readonly y: number
  readonly lit: boolean
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const LABEL_PX = 12
const GAP = 4
/** Labels closer than this read as one. */
const APART = 5
const MOST = 220

/**
 * The labels that can be read: what is lit first, then the heaviest nodes; a label that would lie on another
 * one, on a heavier node or on what is blocked is left out, so that none is ever half legible.
 */
export function placeLabels(nodes: readonly PlacedNode[], size: Size, dimmed: boolean, widthOf: (text: string) => number, blocked: readonly Box[] = []): PlacedLabel[] {
  const ranked = nodes
    .filter(({ at, lit }) => (lit || !dimmed) && at.x > -40 && at.x < size.width + 40 && at.y > -20 && at.y < size.height + 20)
    .toSorted((a, b) => Number(b.lit) - Number(a.lit) || b.node.radius - a.node.radius || (a.node.id < b.node.id ? -1 : 1))
  const taken = [...ranked.slice(0, MOST).map(discBox), ...blocked]
  const placed: PlacedLabel[] = []
  for (const [rank, one] of ranked.entries()) {
    if (placed.length >= MOST) break
    const half = widthOf(one.node.label) / 2
    const below = one.at.y + one.radius * (one.node.shape === DIAMOND ? 1.25 : 1) + GAP
    const above = one.at.y - one.radius * (one.node.shape === DIAMOND ? 1.25 : 1) - GAP - LABEL_PX
    for (const top of [below, above]) {
      const box = { left: one.at.x - half, right: one.at.x + half, top, bottom: top + LABEL_PX }
      if (taken.some((other, at) => at !== rank && overlap(box, other))) continue
      taken.push(box)
      placed.push({ text: one.node.label, x: one.at.x, y: top, lit: one.lit })
      break
    }
  }
  return placed
}

const DIAMOND = 2

function discBox({ at, radius }: PlacedNode): Box {
  // A label may touch the rim of a disc, whose corners are empty.
  const reach = radius * 0.8
  return { left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach }
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right + APART && b.left < a.right + APART && a.top < b.bottom + 1 && b.top < a.bottom + 1
}

/** What a label takes up. */
export function boxOf({ text, x, y }: PlacedLabel, widthOf: (text: string) => number): Box {
  const half = widthOf(text) / 2
  return { left: x - half, right: x + half, top: y, bottom: y + LABEL_PX }
}
