import { pointAt } from './arc'
import type { Point } from './camera'
import { type Box, LABEL_PX, type PlacedLabel, boxOf, overlap } from './labels'
import type { Pen } from './paint'
import type { Look, PlacedEdge, PlacedNode } from './picture'

const RADIUS = 9
const STROKE = 1.8

/** Signs on lines that a change makes, ends or alters, and the money beside them: told without colour. */
export function paintMarks(pen: Pen, edges: readonly PlacedEdge[], colorOf: (edge: PlacedEdge) => string, look: Look): void {
  for (const placed of edges) {
    const { mark } = placed.edge
    if (mark && mark !== 'was') badge(pen, mark, pointAt(placed.arc, 0.5), colorOf(placed), look)
  }
}

/** A disc in the ground's colour with the sign on it. */
function badge(pen: Pen, mark: 'gone' | 'new' | 'changed', { x, y }: Point, color: string, look: Look): void {
  pen.setLineDash([])
  pen.fillStyle = look.ground
  pen.beginPath()
  pen.arc(x, y, RADIUS, 0, 2 * Math.PI)
  pen.closePath()
  pen.fill()
  pen.strokeStyle = color
  pen.lineWidth = STROKE
  pen.stroke()
  pen.beginPath()
  for (const [fromX, fromY, toX, toY] of SIGNS[mark]) {
    pen.moveTo(x + fromX, y + fromY)
    pen.lineTo(x + toX, y + toY)
  }
  pen.stroke()
}

/** A cross, a plus, a plus over a minus; pixels around the middle. */
const SIGNS: Record<'gone' | 'new' | 'changed', ReadonlyArray<readonly [number, number, number, number]>> = {
  gone: [[-3.2, -3.2, 3.2, 3.2], [-3.2, 3.2, 3.2, -3.2]],
  new: [[-4.4, 0, 4.4, 0], [0, -4.4, 0, 4.4]],
  changed: [[-3.6, -1.6, 3.6, -1.6], [0, -5, 0, 1.8], [-3.6, 4, 3.6, 4]],
}

/** Where captions can be read: beside the middle of their line, off the nodes, the labels and each other. */
export function placeCaptions(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[], labels: readonly PlacedLabel[], widthOf: (text: string) => number): PlacedLabel[] {
  const taken: Box[] = [
    ...nodes.filter((node) => node.lit).map(({ at, radius }) => around(at, radius)),
    ...labels.map((label) => boxOf(label, widthOf)),
    ...edges.filter(({ edge }) => edge.mark !== 'was').map(({ arc }) => around(pointAt(arc, 0.5), RADIUS)),
  ]
  const placed: PlacedLabel[] = []
  for (const { edge, arc, lit } of edges.toReversed()) {
    if (!edge.caption || !lit) continue
    const [half, at] = [widthOf(edge.caption) / 2, pointAt(arc, 0.5)]
    const reach = (edge.mark === 'was' ? Math.max(arc.halfFrom, 3) : RADIUS) + 4
    const sides = [[half + reach, -LABEL_PX / 2], [-half - reach, -LABEL_PX / 2]] as const
    const stacked = [0, 18, 36, 54].flatMap((more) => [[0, reach + more], [0, -reach - LABEL_PX - more]] as const)
    for (const [dx, dy] of [...stacked.slice(0, 2), ...sides, ...stacked.slice(2)]) {
      const label = { text: edge.caption, x: at.x + dx, y: at.y + dy, lit: true }
      const box = boxOf(label, widthOf)
      if (taken.some((other) => overlap(box, other))) continue
      taken.push(box)
      placed.push(label)
      break
    }
  }
  return placed
}

function around({ x, y }: Point, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
}
