import { type SimulationLinkDatum, type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'
import type { DrawnGraph } from './result'

export interface Place {
  readonly x: number
  readonly y: number
}

interface Body extends SimulationNodeDatum {
  readonly id: string
}

const TICKS = 260

/** A place for each node. It depends on nothing but the answer: the same answer is drawn the same. */
export function arrange({ nodes, links }: DrawnGraph): ReadonlyMap<string, Place> {
  const bodies: Body[] = nodes.map((node) => ({ id: node.id }))
  forceSimulation(bodies)
    .force('link', forceLink<Body, SimulationLinkDatum<Body>>(links.map(({ source, target }) => ({ source, target }))).id((node) => node.id).distance(110).strength(0.5))
    .force('charge', forceManyBody().strength(-420))
    .force('collide', forceCollide(34))
    .force('x', forceX(0).strength(0.05))
    .force('y', forceY(0).strength(0.09))
    .stop()
    .tick(TICKS)
  return new Map(bodies.map(({ id, x = 0, y = 0 }) => [id, { x, y }]))
}
