import { toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { type Dash, pathClass } from '../lib/paths'
import type { Measure } from '../lib/view'
import { KIND_SHAPES } from './kinds'
import type { Graph, GraphNode, GraphTransfer } from './useGraph'

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

export interface SceneEdge {
  readonly id: string
  readonly source: string
  readonly destination: string
  /** Width in pixels at the sender's end; the line gets thinner towards the receiver. */
  readonly width: number
  readonly token: string
  readonly dash: Dash
  /**
   * Height of the arc as a share of its length; transfers between the same ends get different ones.
   * Of a loop, from a node to itself: the node's radius in pixels.
   */
  readonly bend: number
}

/** Everything that is drawn, free of any drawing library. */
export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
}

const RADIUS = { least: 6, most: 22 }
const WIDTH = { least: 1.5, most: 13 }
const BEND = { first: 0.14, step: 0.1 }
const LABEL_LENGTH = 28

/** Areas and widths grow with the square root, so that a hundred times the bytes look ten times as large. */
export function buildScene(graph: Pick<Graph, 'nodes' | 'transfers'>, measure: Measure, hidden: readonly string[]): Scene {
  const transfers = graph.transfers.filter((row) => !hidden.includes(pathClass(row.path).id))
  const mostBytes = Math.max(1, ...graph.nodes.map(nodeBytes))
  const mostWeight = Math.max(Number.MIN_VALUE, ...transfers.map((row) => weightOf(row, measure)))
  const siblings = new Map<string, number>()
  const nodes = graph.nodes.map((node) => ({
    id: node.id,
    label: displayName(node.name, LABEL_LENGTH),
    x: node.x,
    y: node.y,
    radius: between(RADIUS, nodeBytes(node) / mostBytes),
    shape: KIND_SHAPES[node.kind].shape,
    token: KIND_SHAPES[node.kind].token,
  }))
  const radii = new Map(nodes.map((node) => [node.id, node.radius]))
  return {
    nodes,
    edges: transfers
      .filter((row) => radii.has(row.source) && radii.has(row.destination))
      .map((row) => {
        const ends = `${row.source}\n${row.destination}`
        const nth = siblings.get(ends) ?? 0
        siblings.set(ends, nth + 1)
        const { token, dash } = pathClass(row.path)
        return {
          id: row.id,
          source: row.source,
          destination: row.destination,
          width: between(WIDTH, weightOf(row, measure) / mostWeight),
          token,
          dash,
          bend: row.source === row.destination ? (radii.get(row.source) ?? 0) + nth * 4 : BEND.first + nth * BEND.step,
        }
      }),
  }
}

/** Bytes or nano-money as a number: for widths and order, never for sums. */
export function weightOf(row: GraphTransfer, measure: Measure): number {
  return Number(toBytes(measure === 'cost' ? row.cost.nano : row.bytes))
}

function nodeBytes(node: GraphNode): number {
  return Number(toBytes(node.bytesIn) + toBytes(node.bytesOut))
}

function between({ least, most }: { least: number; most: number }, share: number): number {
  return least + (most - least) * Math.sqrt(Math.max(0, share))
}
