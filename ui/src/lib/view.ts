import { parseBundleId } from './bundleId'
import { joinIds, splitIds } from './ids'

/**
 * What a screen shows, as the URL says it. The same URL opens the same picture for everyone;
 * theme and dragged positions are a person's own and stay out of it.
 */
export interface View {
  /** Length of the window. */
  readonly span: Span
  /** First minute of a window chosen by hand, null where `span` decides. */
  readonly from: string | null
  /** End of the window in the past, null while following the newest minute. */
  readonly to: string | null
  /** Pinned version, null for the newest. */
  readonly version: number | null
  /** True: answer from what was known at the window's end, not from what is known now. */
  readonly knownThen: boolean
  readonly selection: Selection | null
  readonly mode: 'map' | 'table'
  /** What the width of a line stands for. */
  readonly measure: Measure
  /** Ids of path classes that are hidden, sorted. */
  readonly hidden: readonly string[]
  /** True: draw up to MORE_TRANSFERS instead of FEW_TRANSFERS. */
  readonly more: boolean
  readonly ask: boolean
  /** What the Compare screen holds the window against. */
  readonly against: Against
  /** What the Compare screen's rows are. */
  readonly group: Group
  /** What the Costs screen's lines are. */
  readonly costBy: CostGroup
  /** True: charges are shown to who caused them, not to whom the cloud bills. */
  readonly causer: boolean
  /** True: costs from the start of the calendar month. */
  readonly monthToDate: boolean
  /** The line of the Costs screen that is open, by its value; null for none. */
  readonly line: string | null
  /** What a node of the map stands for. */
  readonly level: Level
  /** True: nodes stand in the zones and regions that they run in, not where their transfers pull them. */
  readonly zones: boolean
  /** Nodes that a person put somewhere, in order of id: at most MOST_PINS. */
  readonly pins: readonly Pin[]
  /** Ids of the nodes that the map keeps to; empty for all of them. */
  readonly only: readonly string[]
  /** Ids of nodes that are hidden. */
  readonly away: readonly string[]
  /** What is lit on the map and listed beside it, null for nothing. */
  readonly trace: Trace | null
  /** Id of the recommendation whose change is drawn on the map, null for none. */
  readonly whatIf: string | null
  /** Which side of that change is drawn. */
  readonly side: Side
  /** Which transfers everything is about, in the API's filter language; '' for all. */
  readonly filter: string
  /** The statement of the Cypher screen, '' for none. */
  readonly cypher: string
  /** Values of its parameters, as a JSON object; '' for none. */
  readonly parameters: string
}

export type Measure = 'cost' | 'bytes'
/** A node, a transfer, or a bundle: all transfers of one line of the map. */
export type Selection = { readonly kind: 'node' | 'bundle' | 'transfer'; readonly id: string }
export const SPANS = ['15m', '1h', '6h', '24h'] as const
export type Span = (typeof SPANS)[number]

export const SPAN_MINUTES: Record<Span, number> = { '15m': 15, '1h': 60, '6h': 360, '24h': 1440 }
export const SPAN_LABELS: Record<Span, string> = { '15m': '15 min', '1h': '1 h', '6h': '6 h', '24h': '24 h' }
export const AGAINST = ['prev', '1h', '1d', '7d'] as const
export type Against = (typeof AGAINST)[number]
export const GROUPS = ['transfer', 'pair', 'source', 'namespace', 'team', 'zone', 'path'] as const
export type Group = (typeof GROUPS)[number]
export const COST_GROUPS = ['workload', 'team', 'namespace', 'deployment', 'account', 'endpoint', 'path', 'code', 'zone', 'hour', 'day'] as const
export type CostGroup = (typeof COST_GROUPS)[number]
/** From far to near: what a node of the map stands for. */
export const LEVELS = ['cluster', 'namespace', 'team', 'workload', 'deployment'] as const
export type Level = (typeof LEVELS)[number]
/** The ways between two nodes, or who is hit when one is gone. */
export type Trace = { readonly kind: 'path'; readonly from: string; readonly to: string } | { readonly kind: 'blast'; readonly of: string }
/** A node of the map at a place of its own; whole units of the map. */
export interface Pin {
  readonly id: string
  readonly x: number
  readonly y: number
}
/** More would make a link too long for a mail. */
export const MOST_PINS = 40
export const SIDES = ['before', 'after'] as const
export type Side = (typeof SIDES)[number]
export const FEW_TRANSFERS = 500
export const MORE_TRANSFERS = 3000
/** The server folds away what is beyond these, by money: nobody could read more. */
export const MOST_NODES = 1500

export const DEFAULT_VIEW: View = {
  span: '1h',
  from: null,
  to: null,
  version: null,
  knownThen: false,
  selection: null,
  mode: 'map',
  measure: 'cost',
  hidden: [],
  more: false,
  ask: false,
  against: 'prev',
  group: 'transfer',
  costBy: 'workload',
  causer: false,
  monthToDate: false,
  line: null,
  level: 'workload',
  zones: false,
  pins: [],
  only: [],
  away: [],
  trace: null,
  whatIf: null,
  side: 'after',
  filter: '',
  cypher: '',
  parameters: '',
}

export type Params = Record<string, string>

/** Reads URL parameters. What is malformed falls back to its default: an old link must still open. */
export function parseView(params: Readonly<Record<string, unknown>>): View {
  const text = (key: string): string => (typeof params[key] === 'string' ? params[key] : '')
  const to = moment(text('to'))
  const from = moment(text('from'))
  return {
    span: SPANS.find((span) => span === text('w')) ?? DEFAULT_VIEW.span,
    from: to !== null && from !== null && from < to ? from : null,
    to,
    version: /^[1-9]\d{0,14}$/.test(text('v')) ? Number(text('v')) : null,
    knownThen: to !== null && text('known') === 'then',
    selection: parseSelection(text('sel')),
    mode: text('view') === 'table' ? 'table' : 'map',
    measure: text('by') === 'bytes' ? 'bytes' : 'cost',
    hidden: [...new Set(text('hide').split(',').filter(Boolean))].toSorted(),
    more: text('more') === '1',
    ask: text('ask') === '1',
    against: AGAINST.find((against) => against === text('cmp')) ?? DEFAULT_VIEW.against,
    group: GROUPS.find((group) => group === text('g')) ?? DEFAULT_VIEW.group,
    costBy: COST_GROUPS.find((group) => group === text('lines')) ?? DEFAULT_VIEW.costBy,
    causer: text('shown') === 'causer',
    monthToDate: text('mtd') === '1',
    line: typeof params['line'] === 'string' ? params['line'] : null,
    level: LEVELS.find((level) => level === text('lvl')) ?? DEFAULT_VIEW.level,
    zones: text('at') === 'zones',
    pins: parsePins(text('pins')),
    only: splitIds(text('only')),
    away: splitIds(text('away')),
    trace: parseTrace(text('path'), text('blast')),
    whatIf: text('whatif').slice(0, LONGEST_ID) || null,
    side: text('whatif') !== '' && text('side') === 'before' ? 'before' : 'after',
    filter: text('f').trim().slice(0, LONGEST_FILTER),
    cypher: text('q').slice(0, LONGEST_CYPHER),
    parameters: text('q') === '' ? '' : text('p').slice(0, LONGEST_CYPHER),
  }
}

/** The shortest parameters that parseView reads back as the same view. */
export function viewParams(view: View): Params {
  const params: Params = {}
  if (view.span !== DEFAULT_VIEW.span) params['w'] = view.span
  if (view.from !== null) params['from'] = view.from
  if (view.to !== null) params['to'] = view.to
  if (view.version !== null) params['v'] = String(view.version)
  if (view.knownThen) params['known'] = 'then'
  if (view.selection) params['sel'] = `${view.selection.kind.slice(0, 1)}:${view.selection.id}`
  if (view.mode === 'table') params['view'] = 'table'
  if (view.measure === 'bytes') params['by'] = 'bytes'
  if (view.hidden.length > 0) params['hide'] = view.hidden.join(',')
  if (view.more) params['more'] = '1'
  if (view.ask) params['ask'] = '1'
  if (view.against !== DEFAULT_VIEW.against) params['cmp'] = view.against
  if (view.group !== DEFAULT_VIEW.group) params['g'] = view.group
  if (view.costBy !== DEFAULT_VIEW.costBy) params['lines'] = view.costBy
  if (view.causer) params['shown'] = 'causer'
  if (view.monthToDate) params['mtd'] = '1'
  if (view.line !== null) params['line'] = view.line
  if (view.level !== DEFAULT_VIEW.level) params['lvl'] = view.level
  if (view.zones) params['at'] = 'zones'
  if (view.pins.length > 0) params['pins'] = joinIds(view.pins.map(({ id, x, y }) => `${x}:${y}:${id}`))
  if (view.only.length > 0) params['only'] = joinIds(view.only)
  if (view.away.length > 0) params['away'] = joinIds(view.away)
  if (view.trace?.kind === 'path') params['path'] = joinIds([view.trace.from, view.trace.to])
  if (view.trace?.kind === 'blast') params['blast'] = view.trace.of
  if (view.whatIf !== null) params['whatif'] = view.whatIf
  if (view.whatIf !== null && view.side === 'before') params['side'] = 'before'
  if (view.filter !== '') params['f'] = view.filter
  if (view.cypher !== '') params['q'] = view.cypher
  if (view.cypher !== '' && view.parameters !== '') params['p'] = view.parameters
  return params
}

/** Longest filter that the API reads. */
export const LONGEST_FILTER = 4000
/** Longest id of a recommendation that a link carries. */
const LONGEST_ID = 200
/** Longest statement and longest JSON of parameters that a link carries. */
const LONGEST_CYPHER = 8000

/** The view without what belongs to one screen alone: what the way to another screen keeps. */
export function keptView(view: View): View {
  return { ...view, selection: null, line: null, trace: null, whatIf: null, side: 'after', cypher: '', parameters: '' }
}

/** True where the screen shows something else than the newest minutes as now known. */
export function isPast(view: View): boolean {
  return view.to !== null || view.version !== null
}

/** The patch that leads back to following the newest minute. */
export const LIVE = { from: null, to: null, version: null, knownThen: false } as const

function parseSelection(text: string): Selection | null {
  const id = text.slice(2)
  if (id === '') return null
  if (text.startsWith('n:')) return { kind: 'node', id }
  if (text.startsWith('b:') && parseBundleId(id)) return { kind: 'bundle', id }
  if (text.startsWith('t:')) return { kind: 'transfer', id }
  return null
}

/** Pins of a link; what is malformed or off the map is left out, and of a node named twice the first counts. */
function parsePins(text: string): Pin[] {
  const pins = splitIds(text).flatMap((part): Pin[] => {
    const [, x, y, id] = /^(-?\d{1,4}):(-?\d{1,4}):(.+)$/s.exec(part) ?? []
    return id === undefined ? [] : [{ id, x: Number(x), y: Number(y) }]
  })
  return withPins([], pins)
}

/** Pins with some more; each node has one, the newest, and the oldest beyond MOST_PINS go. */
export function withPins(pins: readonly Pin[], more: readonly Pin[]): Pin[] {
  const all = new Map([...pins, ...more.toReversed()].map((pin) => [pin.id, pin]))
  return [...all.values()].slice(-MOST_PINS).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function parseTrace(path: string, blast: string): Trace | null {
  const [from, to, ...others] = splitIds(path)
  if (from !== undefined && to !== undefined && others.length === 0) return { kind: 'path', from, to }
  return blast === '' ? null : { kind: 'blast', of: blast }
}

function moment(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text)) return null
  const millis = Date.parse(text)
  return Number.isNaN(millis) ? null : `${new Date(millis).toISOString().slice(0, 19)}Z`
}
