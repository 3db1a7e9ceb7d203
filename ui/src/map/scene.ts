import { toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import type { Dash } from '../lib/paths'
import type { Measure } from '../lib/view'
import { type Bundle, weightOf } from './bundles'
import { KIND_SHAPES } from './kinds'
import type { GraphNode } from './useGraph'

export interface SceneNode {
  readonly id: string
  readonly label: string
  readonly x: number
  readonly y: number
  /** Radius in pixels. */
  readonly radius: number
  readonly shape: number
  readonly token: string
}

/** A bundle as a line. */
export interface SceneEdge {
  readonly id: string
  readonly source: string
  readonly destination: string
  /** Width in pixels at the sender's end; the line gets thinner towards the receiver. */
  readonly width: number
  readonly token: string
  readonly dash: Dash
  /** True where it weighs nothing: a free line steps back behind those that cost. */
  readonly faint: boolean
  /**
   * Height of the arc as a share of its length; bundles between the same ends get different ones.
   * Of a loop, from a node to itself: the node's radius in pixels.
   */
  readonly bend: number
  /** What a change does to it: a sign on the line says so beside its look. "gone" is drawn as a ghost. */
  readonly mark?: 'was' | 'gone' | 'new' | 'changed'
  /** Written beside the line, '' for nothing. */
  readonly caption?: string
}

/** A zone or a region as a box on the map, behind its nodes. */
export interface SceneFrame {
  readonly id: string
  readonly label: string
  /** Left and upper side, in units of the map (y points up). */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** True of a box around others. */
  readonly outer: boolean
}

/** Everything that is drawn, free of any drawing library. */
export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly frames?: readonly SceneFrame[]
}

const RADIUS = { least: 6, most: 19 }
const WIDTH = { least: 1.5, most: 13 }
const BEND = { first: 0.14, step: 0.1 }
const LABEL_LENGTH = 28

/** Areas and widths grow with the square root, so that a hundred times the bytes look ten times as large. */
export function buildScene(nodes: readonly GraphNode[], bundles: readonly Bundle[], measure: Measure, hidden: readonly string[]): Scene {
  const mostBytes = Math.max(1, ...nodes.map(nodeBytes))
  const drawn = nodes.map((node) => ({
    id: node.id,
    label: displayName(node.name, LABEL_LENGTH),
    x: node.x,
    y: node.y,
    radius: between(RADIUS, nodeBytes(node) / mostBytes),
    shape: KIND_SHAPES[node.kind].shape,
    token: KIND_SHAPES[node.kind].token,
  }))
  const radii = new Map(drawn.map((node) => [node.id, node.radius]))
  const lines = bundles.filter((bundle) => !hidden.includes(bundle.path.id) && radii.has(bundle.source) && radii.has(bundle.destination))
  return { nodes: drawn, edges: buildEdges(lines, measure, radii) }
}

/** By id, so that a line keeps its bend while costs change. */
function buildEdges(bundles: readonly Bundle[], measure: Measure, radii: ReadonlyMap<string, number>): SceneEdge[] {
  const most = Math.max(Number.MIN_VALUE, ...bundles.map((bundle) => weightOf(bundle, measure)))
  const siblings = new Map<string, number>()
  return bundles.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((bundle) => {
    const ends = `${bundle.source}\n${bundle.destination}`
    const nth = siblings.get(ends) ?? 0
    siblings.set(ends, nth + 1)
    return {
      id: bundle.id,
      source: bundle.source,
      destination: bundle.destination,
      width: between(WIDTH, weightOf(bundle, measure) / most),
      token: bundle.path.token,
      dash: bundle.path.dash,
      faint: weightOf(bundle, measure) === 0,
      bend: bundle.source === bundle.destination ? (radii.get(bundle.source) ?? 0) + nth * 4 : BEND.first + nth * BEND.step,
    }
  })
}

function nodeBytes(node: GraphNode): number {
  return Number(toBytes(node.bytesIn) + toBytes(node.bytesOut))
}

function between({ least, most }: { least: number; most: number }, share: number): number {
  return least + (most - least) * Math.sqrt(Math.max(0, share))
}
