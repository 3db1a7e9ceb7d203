import type * as api from './gen/schema'

const SINCE = '2026-11-23T07:30:00Z'
const HEARD = '2026-11-23T10:30:50Z'
const resource = (name: string, objects: number, neededFor: string): api.WatchedResource => ({ resource: name, state: 'WATCHING', gap: false, message: '', since: SINCE, heard: HEARD, objects, lists: 1, neededFor })

/** One cluster, of which one resource may not be read. */
export const WATCHES: readonly api.ClusterWatch[] = [{
  name: 'lab', server: 'https://10.0.0.1:6443', clockSkewSeconds: 0,
  resources: [
    { resource: 'endpointslices.discovery.k8s.io', state: 'DENIED', gap: true, message: 'cluster lab does not allow to read endpointslices.discovery.k8s.io: grant the verbs list and watch (the chart’s ClusterRole does)', since: '2026-11-23T10:12:00Z', heard: null, objects: 0, lists: 0, neededFor: 'savings by routing within a zone' },
    resource('nodes', 3, 'zones of machines'), resource('pods', 41, 'who an address was'), resource('services', 12, 'what a virtual address stood for'),
  ],
}]
