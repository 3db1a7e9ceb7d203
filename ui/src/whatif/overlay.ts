import { groupBy } from '../lib/group'
import { formatMoney, isNothing } from '../lib/money'
import type { Side } from '../lib/view'
import type { Lit } from '../map/MapRenderer'
import type { Scene, SceneEdge } from '../map/scene'
import { type Line, monthlyOf } from './lines'

const WIDTH = { least: 2.5, most: 13 }
/** Wider apart than the lines of the map: each carries a sign in its middle. */
const BEND = { first: 0.18, step: 0.3 }
/** More captions than these hide what they speak of. */
const MOST_CAPTIONS = 24
/** So do those of lines with less than this share of the dearest one's money: the list tells it. */
const LEAST_CAPTION = 1 / 20

/** The scene with one side of a change on it. Its lines take the place of those that they are; nodes stay where they are. */
export function overlaid(scene: Scene, lines: readonly Line[], side: Side): Scene {
  const drawn = new Set(scene.nodes.map((node) => node.id))
  const most = Math.max(Number.MIN_VALUE, ...lines.flatMap(({ before, after }) => [amount(before), amount(after)]))
  const siblings = new Map<string, number>()
  const edges = lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap((line): SceneEdge[] => {
    const ends = `${line.source}\n${line.destination}`
    const nth = siblings.get(ends) ?? 0
    siblings.set(ends, nth + 1)
    if (!drawn.has(line.source) || !drawn.has(line.destination) || (side === 'before' && !line.before)) return []
    return [edgeOf(line, side, nth, most)]
  })
  const taken = new Set(edges.map((edge) => edge.id))
  const captions = captionsOf(lines, taken, side)
  return {
    ...scene,
    edges: [...scene.edges.filter((edge) => !taken.has(edge.id)), ...edges.map((edge) => ({ ...edge, caption: captions.get(edge.id) ?? '' }))],
  }
}

/** What of the map stands out: what the change moves, and its ends. */
export function litOf(lines: readonly Line[]): Lit {
  return { nodes: new Set(lines.flatMap((line) => [line.source, line.destination])), edges: new Set(lines.map((line) => line.id)) }
}

function edgeOf(line: Line, side: Side, nth: number, most: number): SceneEdge {
  const shown = line[side] ?? line.before
  const ghost = side === 'after' && !line.after && line.change === 'ends'
  const loop = line.source === line.destination
  return {
    id: line.id, source: line.source, destination: line.destination, token: line.path.token, dash: line.path.dash, faint: false,
    width: ghost ? WIDTH.least : WIDTH.least + (WIDTH.most - WIDTH.least) * Math.sqrt(amount(shown) / most),
    bend: loop ? 16 + nth * 4 : BEND.first + nth * BEND.step,
    mark: side === 'before' ? 'was' : ghost ? 'gone' : line.change === 'begins' ? 'new' : 'changed',
  }
}

/** Money a month, what it is or what it was and would be, once for all lines between two nodes: beside the dearest of them that is drawn. */
function captionsOf(lines: readonly Line[], drawn: ReadonlySet<string>, side: Side): Map<string, string> {
  const pairs = [...groupBy(lines, ({ source, destination }) => [source, destination].toSorted().join('\n')).values()]
  const weigh = (pair: readonly Line[]): number => Math.max(...pair.flatMap(({ before, after }) => [amount(before), amount(after)]))
  const least = Math.max(0, ...pairs.map(weigh)) * LEAST_CAPTION
  return new Map(pairs.filter((pair) => weigh(pair) >= least).slice(0, MOST_CAPTIONS).flatMap((pair): Array<[string, string]> => {
    const beside = pair.find((line) => drawn.has(line.id))
    const currency = (pair[0]?.before ?? pair[0]?.after)?.monthly.currency ?? ''
    const money = (of: Side): string => formatMoney(monthlyOf(pair, of, currency))
    // Where nothing is paid on either side there is nothing to say.
    if (isNothing(monthlyOf(pair, 'before', currency).amount) && isNothing(monthlyOf(pair, 'after', currency).amount)) return []
    return beside ? [[beside.id, side === 'before' ? `${money('before')} a month` : `${money('before')} → ${money('after')} a month`]] : []
  }))
}

function amount(side: Line['before']): number {
  return side ? Number(side.monthly.amount) : 0
}
