import type { ReactNode } from 'react'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { Name } from '../ui/Name'
import { type Agent, type Build, buildCount, otherBuilds } from './builds'

const WHAT: Record<Agent['build'], string> = {
  SAME: 'the same version as the service', OLDER: 'an older version than the service', NEWER: 'a newer version than the service', OTHER: 'another version than the service', UNKNOWN: 'a version that is not known',
}
const ADVICE: Record<Agent['build'], string> = {
  SAME: '', UNKNOWN: '',
  OLDER: 'Upgrade them: what was added since, they do not report.',
  NEWER: 'Upgrade the service first: what it does not know, it does not keep.',
  OTHER: 'Run one version of both, so that what is reported is what is expected.',
}

/** Warns of agents that run another version than the service, and says what to do. */
export function Builds({ agents, service }: { readonly agents: readonly Agent[], readonly service: string }): ReactNode {
  const others = otherBuilds(agents)
  if (others.length === 0) return null
  const versions = buildCount(agents)
  return (
    <div className="notice warn" role="status">
      {versions > 1 && <b>The agents run {formatCount(versions)} versions. </b>}
      The service is {displayName(service, 40)}.
      <ul>{others.map((build) => <li key={`${build.relation} ${build.version}`}><One of={build} /></li>)}</ul>
    </div>
  )
}

function One({ of: { version, relation, nodes } }: { readonly of: Build }): ReactNode {
  const rest = nodes.length - 3
  return (
    <>
      {nodes.length === 1 ? '1 agent runs' : `${formatCount(nodes.length)} agents run`} {WHAT[relation]}, {version === '' ? 'one that does not say which' : displayName(version, 40)}:{' '}
      <Name of={nodes.slice(0, 3).join(', ')} longest={90} />{rest > 0 && ` and ${formatCount(rest)} more`}. {ADVICE[relation]}
    </>
  )
}

/** An agent's version: loud where it is not the service's. */
export function Version({ of }: { readonly of: Agent }): ReactNode {
  const loud = of.build === 'OLDER' || of.build === 'NEWER' || of.build === 'OTHER'
  if (of.version === '') return <span className={loud ? 'warn' : 'quiet'} title={loud ? WHAT.OLDER : undefined}>not told</span>
  return <span className={loud ? 'warn' : undefined} title={WHAT[of.build]}>{displayName(of.version, 32)}</span>
}
