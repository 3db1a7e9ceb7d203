import { graphql } from '../gql'

/** The stored operations of the UI that change something. */
export const SaveEndpointDocument = graphql(`
  mutation SaveEndpoint($endpoint: EndpointInput!, $note: String!) { saveEndpoint(endpoint: $endpoint, note: $note) { id } }
`)

export const EndEndpointDocument = graphql(`
  mutation EndEndpoint($id: ID!) { endEndpoint(id: $id) { id } }
`)

export const PutOverlayDocument = graphql(`
  mutation PutOverlay($text: String!, $from: DateTime!, $note: String!) { putPriceOverlay(text: $text, from: $from, note: $note) { name } }
`)

export const WithdrawOverlayDocument = graphql(`
  mutation WithdrawOverlay($name: ID!) { withdrawPriceOverlay(name: $name) }
`)

export const SaveViewDocument = graphql(`
  mutation SaveView($name: String!, $state: String!, $shared: Boolean!) { saveView(name: $name, state: $state, shared: $shared) { id } }
`)

export const DeleteViewDocument = graphql(`
  mutation DeleteView($id: ID!) { deleteView(id: $id) }
`)

export const AcknowledgeDocument = graphql(`
  mutation Acknowledge($id: ID!, $note: String!) { acknowledgeIncident(id: $id, note: $note) { id state } }
`)

export const ResolveDocument = graphql(`
  mutation Resolve($id: ID!, $note: String!) { resolveIncident(id: $id, note: $note) { id state } }
`)

export const ReopenIncidentDocument = graphql(`
  mutation ReopenIncident($id: ID!, $note: String!) { reopenIncident(id: $id, note: $note) { id state } }
`)

export const AcceptDocument = graphql(`
  mutation Accept($id: ID!, $note: String!) { acceptRecommendation(id: $id, note: $note) { id state } }
`)

export const DismissDocument = graphql(`
  mutation Dismiss($id: ID!, $reason: String!) { dismissRecommendation(id: $id, reason: $reason) { id state } }
`)

export const ReopenSavingDocument = graphql(`
  mutation ReopenSaving($id: ID!, $note: String!) { reopenRecommendation(id: $id, note: $note) { id state } }
`)
