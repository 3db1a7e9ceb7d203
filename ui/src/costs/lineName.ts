import { partsOf } from '../lib/identity'
import { formatMoment } from '../lib/time'
import type { CostGroup } from '../lib/view'

const NONE: Record<CostGroup, string> = {
  workload: 'not known', deployment: 'no rollout', team: 'no team', namespace: 'no namespace', account: 'not known', endpoint: 'between workloads',
  path: 'no way', code: 'on no bill', zone: 'not known', hour: '', day: '',
}

/** A line's value for people. Ids of nodes are cut to what tells them apart. */
export function lineName(costBy: CostGroup, causer: boolean, value: string): string {
  if (value === '') return costBy === 'workload' && causer ? 'nobody saw who opened it' : NONE[costBy]
  if (costBy === 'hour') return formatMoment(value)
  if (costBy === 'day') return value.slice(0, 10)
  if (costBy !== 'workload' && costBy !== 'endpoint') return value
  if (value === 'idle') return 'hours that nobody used'
  const [kind, ...parts] = partsOf(value)
  switch (kind) {
    case 'w': return `${parts[1] ?? ''}/${parts[3] ?? ''}`
    case 'g': return `gateway ${parts.join('/') || 'without a name'}`
    case 'e': return parts[2] ?? value
    case 'n': return parts.slice(1).join(' ')
    default: return value
  }
}
