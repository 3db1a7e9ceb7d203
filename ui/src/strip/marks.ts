import type { MarksQuery } from '../gql/graphql'
import { MINUTE_MS } from '../lib/time'
import type { Range } from '../lib/window'

type Marks = MarksQuery['marks']

/** Something that happened at a moment: where it leads is the id of an incident or of a workload's node. */
export interface Mark {
  readonly kind: 'incident' | 'rollout'
  readonly id: string
  readonly leadsTo: string
  readonly at: string
  readonly text: string
}

/** Marks too close to each other to be told apart, as one. */
export interface Cluster {
  /** Share of the span at which it stands: the middle of its marks. */
  readonly at: number
  readonly kind: 'incident' | 'rollout' | 'both'
  readonly marks: readonly Mark[]
}

/** As wide as a mark with a number. */
const MARK_PX = 38
/** A strip that was not measured yet. */
const USUAL_PX = 1200

/** What is marked, in order of time. An incident from before the span is marked nowhere: it began elsewhere. */
export function marksOf({ rollouts, incidents }: Marks, span: Range): Mark[] {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
  const inside = ({ at }: Mark): boolean => Date.parse(at) >= from && Date.parse(at) < to
  return [
    ...incidents.map((one): Mark => ({ kind: 'incident', id: one.id, leadsTo: one.id, at: one.since, text: `Incident: ${one.title}` })),
    ...rollouts.flatMap(({ workloadName, namespace, deployment }): Mark[] => (deployment.rolledOutAt
      ? [{ kind: 'rollout', id: deployment.id, leadsTo: deployment.workload, at: deployment.rolledOutAt, text: `Rollout of ${namespace}/${workloadName}${deployment.hash === '' ? '' : `, revision ${deployment.hash}`}${deployment.changedBy === '' ? '' : `, by ${deployment.changedBy}`}` }]
      : [])),
  ].filter(inside).toSorted((a, b) => minuteOf(a) - minuteOf(b) || rank(a) - rank(b) || Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
}

function minuteOf({ at }: Mark): number {
  return Math.floor(Date.parse(at) / MINUTE_MS)
}

/** An incident is known to the minute alone: a rollout of that minute may have come first, and is told first. */
function rank({ kind }: Mark): number {
  return kind === 'rollout' ? 0 : 1
}

/** Marks in order of time, as few as can be told apart on a strip of some pixels. */
export function clustersOf(marks: readonly Mark[], span: Range, width = USUAL_PX): Cluster[] {
  const apart = MARK_PX / Math.max(width, MARK_PX)
  const [from, length] = [Date.parse(span.from), Date.parse(span.to) - Date.parse(span.from)]
  const share = (mark: Mark): number => (Date.parse(mark.at) - from) / length
  const groups: Mark[][] = []
  for (const mark of marks) {
    const last = groups.at(-1)
    // In one minute, which of two came first is not told by where they stand.
    if (last?.[0] && (minuteOf(mark) === minuteOf(last[0]) || share(mark) - share(last[0]) < apart)) last.push(mark)
    else groups.push([mark])
  }
  return groups.map((group): Cluster => {
    const kinds = new Set(group.map((mark) => mark.kind))
    return { at: group.reduce((total, mark) => total + share(mark), 0) / group.length, kind: kinds.size === 2 ? 'both' : (group[0]?.kind ?? 'rollout'), marks: group }
  })
}

/** What a screen reader says of a cluster. */
export function clusterText({ marks }: Cluster, clock: (iso: string) => string): string {
  const [first, ...others] = marks
  if (!first) return ''
  if (others.length === 0) return `${first.text}, ${clock(first.at)}`
  const count = (kind: Mark['kind'], word: string): string[] => {
    const of = marks.filter((mark) => mark.kind === kind).length
    return of === 0 ? [] : [`${of} ${word}${of === 1 ? '' : 's'}`]
  }
  return `${[...count('incident', 'incident'), ...count('rollout', 'rollout')].join(' and ')}, from ${clock(first.at)}`
}
