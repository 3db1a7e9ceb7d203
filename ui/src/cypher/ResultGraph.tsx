import { type ReactNode, useMemo } from 'react'
import { displayName } from '../lib/name'
import { arrange } from './arrange'
import type { DrawnGraph, DrawnNode } from './result'

/** More nodes than these are told, not drawn: nobody could read them. */
const MOST_NODES = 200
const RADIUS = 13
const MARGIN = 70

const CLASSES: Record<string, string> = { Workload: 'workload', Node: 'node', CloudEndpoint: 'cloud_endpoint', Unknown: 'unknown' }

/** The answer as a picture; its nodes lead to the map. */
export function ResultGraph({ graph, onOpen }: { readonly graph: DrawnGraph; readonly onOpen: (id: string) => void }): ReactNode {
  const drawn = useMemo(() => firstNodes(graph), [graph])
  const places = useMemo(() => arrange(drawn), [drawn])
  const all = [...places.values()]
  const [left, right] = [Math.min(...all.map((p) => p.x)) - MARGIN, Math.max(...all.map((p) => p.x)) + MARGIN]
  const [top, bottom] = [Math.min(...all.map((p) => p.y)) - MARGIN, Math.max(...all.map((p) => p.y)) + MARGIN]
  const at = (id: string): { x: number; y: number } => places.get(id) ?? { x: 0, y: 0 }
  return (
    <figure className="resultgraph">
      <svg viewBox={`${left} ${top} ${right - left} ${bottom - top}`} role="group" aria-label={`Graph of ${drawn.nodes.length} nodes and ${drawn.links.length} relationships`}>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" /></marker></defs>
        {drawn.links.map((link) => <Link key={link.id} from={at(link.source)} to={at(link.target)} type={link.type} />)}
        {drawn.nodes.map((node) => <Dot key={node.id} node={node} {...at(node.id)} onOpen={onOpen} />)}
      </svg>
      {drawn.nodes.length < graph.nodes.length && <figcaption className="quiet">{graph.nodes.length - drawn.nodes.length} more nodes are in the table and not drawn.</figcaption>}
    </figure>
  )
}

function firstNodes(graph: DrawnGraph): DrawnGraph {
  if (graph.nodes.length <= MOST_NODES) return graph
  const nodes = graph.nodes.slice(0, MOST_NODES)
  const kept = new Set(nodes.map((node) => node.id))
  return { nodes, links: graph.links.filter((link) => kept.has(link.source) && kept.has(link.target)) }
}

function Link({ from, to, type }: { readonly from: { x: number; y: number }; readonly to: { x: number; y: number }; readonly type: string }): ReactNode {
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y))
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  return (
    <line className="resultlink" x1={from.x + ux * RADIUS} y1={from.y + uy * RADIUS} x2={to.x - ux * (RADIUS + 3)} y2={to.y - uy * (RADIUS + 3)} markerEnd="url(#tip)">
      {type !== '' && <title>{displayName(type)}</title>}
    </line>
  )
}

function Dot({ node, x, y, onOpen }: { readonly node: DrawnNode; readonly x: number; readonly y: number; readonly onOpen: (id: string) => void }): ReactNode {
  const { entity } = node
  const shape = (
    <>
      <title>{[displayName(node.name, 200), node.label].filter(Boolean).join(', ')}</title>
      <circle r={RADIUS} className={`resultdot ${CLASSES[node.label] ?? 'workload'}`} />
      <text y={RADIUS + 15} textAnchor="middle">{displayName(node.name, 26)}</text>
    </>
  )
  if (entity === null) return <g transform={`translate(${x} ${y})`}>{shape}</g>
  const open = (): void => onOpen(entity)
  return (
    <g
      transform={`translate(${x} ${y})`} role="button" tabIndex={0} className="opens" aria-label={`open ${displayName(node.name, 60)} on the map`}
      onClick={open} onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      {shape}
    </g>
  )
}
