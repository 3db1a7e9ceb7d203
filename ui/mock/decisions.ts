import { GraphQLError } from 'graphql'
import type * as api from './gen/schema'
import { INCIDENTS, SAVINGS } from './insights'

const AT = '2026-11-23T10:33:00Z'

/** What people decide, kept for as long as the mock runs. */
export function decisions() {
  const incidents = new Map(INCIDENTS.map((one) => [one.id, one]))
  const savings = new Map(SAVINGS.map((one) => [one.id, one]))
  const views: api.View[] = []
  const endpoints: api.StatedEndpoint[] = []
  const overlays: api.PriceOverlay[] = []
  const said = <One extends { decisions: api.Decision[] }>(all: Map<string, One>, id: string, action: api.DecisionAction, note: string, state: string): One => {
    const one = all.get(id)
    if (!one) throw new GraphQLError(`there is no ${id}`, { extensions: { code: 'UNKNOWN_ID' } })
    if (note === 'refuse') throw new GraphQLError('ann is viewer, and this is for analysts', { extensions: { code: 'FORBIDDEN', hint: 'ask an admin for the role in the access file' } })
    const next = { ...one, state, decisions: [{ action, by: 'ann', at: AT, note, until: null }, ...one.decisions] } as One
    all.set(id, next)
    return next
  }
  return {
    incidents: () => ({ edges: [...incidents.values()].map((node) => ({ cursor: node.id, node })), pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }, totalCount: incidents.size, rest: 0 }),
    incident: ({ id }: api.QueryIncidentArgs) => incidents.get(id) ?? null,
    recommendations: () => [...savings.values()],
    acknowledgeIncident: ({ id, note }: api.MutationAcknowledgeIncidentArgs) => said(incidents, id, 'ACKNOWLEDGED', note ?? '', 'ACKNOWLEDGED'),
    resolveIncident: ({ id, note }: api.MutationResolveIncidentArgs) => said(incidents, id, 'RESOLVED', note ?? '', 'RESOLVED'),
    reopenIncident: ({ id, note }: api.MutationReopenIncidentArgs) => said(incidents, id, 'REOPENED', note ?? '', 'OPEN'),
    acceptRecommendation: ({ id, note }: api.MutationAcceptRecommendationArgs) => said(savings, id, 'ACCEPTED', note ?? '', 'ACCEPTED'),
    dismissRecommendation: ({ id, reason }: api.MutationDismissRecommendationArgs) => said(savings, id, 'DISMISSED', reason, 'DISMISSED'),
    reopenRecommendation: ({ id, note }: api.MutationReopenRecommendationArgs) => said(savings, id, 'REOPENED', note ?? '', 'OPEN'),
    views: () => views,
    saveView: ({ name, state, shared }: api.MutationSaveViewArgs): api.View => {
      const view = { id: `view-${views.length + 1}`, name, state, shared: shared ?? false, owner: 'ann', mine: true, savedAt: AT }
      views.push(view)
      return view
    },
    deleteView: ({ id }: api.MutationDeleteViewArgs) => {
      views.splice(views.findIndex((view) => view.id === id), 1)
      return id
    },
    statedEndpoints: () => endpoints,
    priceOverlays: () => overlays,
    saveEndpoint: ({ endpoint, note }: api.MutationSaveEndpointArgs): api.StatedEndpoint => {
      const cidrs = endpoint.cidrs ?? []
      if (cidrs.some((cidr) => !/^[\d.]+(\/\d+)?$/.test(cidr))) throw new GraphQLError(`${cidrs.join()} is no address range`, { extensions: { code: 'BAD_INPUT', hint: 'write it as 203.0.113.0/24' } })
      const { provider, region, zone, network, account, team, ...rest } = endpoint
      const stated = { ...rest, cidrs, hosts: endpoint.hosts ?? [], provider: provider ?? '', region: region ?? '', zone: zone ?? '', network: network ?? '', account: account ?? '', team: team ?? '', id: `${endpoint.class}/${region ?? ''}/${endpoint.name}`, from: AT, to: null, by: 'ann', at: AT, note: note ?? '', endedBy: '', endedAt: null }
      endpoints.push(stated)
      return stated
    },
    endEndpoint: ({ id }: api.MutationEndEndpointArgs) => {
      const one = endpoints.find((endpoint) => endpoint.id === id)
      if (one) Object.assign(one, { to: AT, endedBy: 'ann', endedAt: AT })
      return one
    },
    putPriceOverlay: ({ text, from, note }: api.MutationPutPriceOverlayArgs): api.PriceOverlay => {
      const overlay = { name: /^name: *(.+)$/m.exec(text)?.[1] ?? 'overlay', text, from, by: 'ann', at: AT, note: note ?? '' }
      overlays.push(overlay)
      return overlay
    },
    withdrawPriceOverlay: ({ name }: api.MutationWithdrawPriceOverlayArgs) => {
      overlays.splice(overlays.findIndex((overlay) => overlay.name === name), 1)
      return name
    },
  }
}
