import type { Target } from '../MapRenderer'
import { distanceTo, nearArc } from './arc'
import type { Point } from './camera'
import type { Placed } from './picture'

/** Pixels by which a pointer may miss. */
const SLACK = 4

/** What lies under a point of the screen: the nearest node, else the nearest line; null is the ground. */
export function hit({ nodes, edges }: Placed, at: Point): Target | null {
  const node = nearest(nodes, (one) => Math.hypot(one.at.x - at.x, one.at.y - at.y) - one.radius * (one.node.shape === 0 ? 1 : 1.1))
  if (node) return { kind: 'node', id: node.node.id }
  const edge = nearest(edges, (one) => (nearArc(one.arc, at, SLACK) ? distanceTo(one.arc, at) : Number.POSITIVE_INFINITY))
  return edge ? { kind: 'bundle', id: edge.edge.id } : null
}

/** The one at the least distance, if within the slack; of equals the last, which is painted on top. */
function nearest<One>(all: readonly One[], distance: (one: One) => number): One | null {
  let [found, least]: [One | null, number] = [null, SLACK]
  for (const one of all) {
    const away = distance(one)
    if (away > least) continue
    found = one
    least = Math.max(away, 0)
  }
  return found
}
