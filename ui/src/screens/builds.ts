import type { StatusQuery } from '../gql/graphql'
import { groupBy } from '../lib/group'

export type Agent = StatusQuery['agents'][number]

/** Agents of one version other than the service's, or that tell none. */
export interface Build {
  readonly version: string
  readonly relation: Agent['build']
  readonly nodes: readonly string[]
}

/** Those that report at the moment: within an hour of whoever reported last. One that is gone keeps its old version for ever. */
function reporting(agents: readonly Agent[]): Agent[] {
  const counting = agents.filter((agent) => agent.mode !== 'import')
  const last = Math.max(...counting.map((agent) => Date.parse(agent.lastBatchAt)))
  return counting.filter((agent) => Date.parse(agent.lastBatchAt) > last - 3_600_000)
}

/** The versions that agents run and that are not the service's, those on most machines first. */
export function otherBuilds(agents: readonly Agent[]): Build[] {
  const others = reporting(agents).filter((agent) => agent.build !== 'SAME' && agent.build !== 'UNKNOWN')
  return [...groupBy(others, ({ version, build }) => `${build} ${version}`).values()].flatMap((rows) => {
    const [first] = rows
    return first ? [{ version: first.version, relation: first.build, nodes: rows.map((row) => `${row.cluster}/${row.node}`).toSorted() }] : []
  }).toSorted((a, b) => b.nodes.length - a.nodes.length || (a.version < b.version ? -1 : 1))
}

/** How many versions the agents that report run. */
export function buildCount(agents: readonly Agent[]): number {
  return new Set(reporting(agents).map((agent) => agent.version)).size
}
