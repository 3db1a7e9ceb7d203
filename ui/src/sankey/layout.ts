import { sankey, sankeyLinkHorizontal } from 'd3-sankey'
import type { Flow, FlowLink, FlowNode } from './flow'

export interface Box extends FlowNode {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Ribbon extends FlowLink {
  readonly path: string
  readonly width: number
  readonly from: Box
  readonly to: Box
}

export interface Drawing {
  readonly boxes: readonly Box[]
  readonly ribbons: readonly Ribbon[]
}

export const WIDTH = 1180
/** Room for ten boxes in a column, each with its two lines of text. It is the same for all flows, so that the page knows it before the answer. */
export const HEIGHT = 500
const NODE_WIDTH = 12
const LABEL_SPACE = 210

/** Places on a canvas of WIDTH by HEIGHT; columns are as given. Amounts are only lengths here. */
export function layOut(flow: Flow): Drawing {
  if (flow.nodes.length === 0) return { boxes: [], ribbons: [] }
  // The library writes a value of its own to each node, so that it gets no more of ours than it needs.
  const own = new Map(flow.nodes.map((node) => [node.id, node]))
  const graph = sankey<Pick<FlowNode, 'id' | 'column'>, { amount: string }>()
    .nodeId((node) => node.id)
    .nodeAlign((node) => node.column)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(32)
    .extent([[LABEL_SPACE, 8], [WIDTH - LABEL_SPACE, HEIGHT - 8]])({
      nodes: flow.nodes.map(({ id, column }) => ({ id, column })),
      links: flow.links.map((link) => ({ ...link, value: Number(link.amount) })),
    })
  const boxes = new Map(graph.nodes.map((node): [string, Box] => [node.id, {
    ...(own.get(node.id) ?? { id: node.id, column: node.column, value: '', amount: '0' }),
    x: node.x0 ?? 0, y: node.y0 ?? 0, width: (node.x1 ?? 0) - (node.x0 ?? 0), height: Math.max(1, (node.y1 ?? 0) - (node.y0 ?? 0)),
  }]))
  const draw = sankeyLinkHorizontal()
  const ribbons = graph.links.flatMap((link): Ribbon[] => {
    const [from, to] = [boxes.get((link.source as { id: string }).id), boxes.get((link.target as { id: string }).id)]
    return from && to ? [{ source: from.id, target: to.id, amount: link.amount, path: draw(link as never) ?? '', width: Math.max(1, link.width ?? 0), from, to }] : []
  })
  return { boxes: [...boxes.values()], ribbons }
}
