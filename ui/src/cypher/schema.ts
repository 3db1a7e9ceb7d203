/** What the graph holds, as docs/formats/graph.md describes it: for completion and for the reader. */
export interface GraphSchema {
  readonly labels: Readonly<Record<string, readonly string[]>>
  readonly types: Readonly<Record<string, readonly string[]>>
}

const ENTITY = ['id', 'kind', 'cluster', 'namespace', 'type', 'name', 'region', 'since'] as const

export const SCHEMA: GraphSchema = {
  labels: {
    Entity: ENTITY,
    Workload: ENTITY,
    Node: ENTITY,
    CloudEndpoint: ENTITY,
    Unknown: ENTITY,
    Deployment: ['id', 'workload', 'hash', 'number', 'images', 'rolledOutAt', 'changedBy', 'cause', 'gitCommit', 'team', 'from', 'to', 'recordedAt', 'source'],
    GraphVersion: [
      'number', 'kind', 'fromMinute', 'toMinute', 'newestMinute', 'inputDigest', 'factsDigest', 'priceBook', 'currency', 'pricingMode', 'codeVersion',
      'previousDigest', 'digest', 'nodes', 'edges', 'wireBytes', 'payloadBytes', 'packets', 'unknownBytes', 'unpricedBytes', 'costNano', 'committedAt',
    ],
  },
  types: {
    TRANSFERS: [
      'id', 'sourceRevision', 'destinationRevision', 'serverPort', 'protocol', 'initiator', 'sourceRegion', 'sourceZone', 'sourceNetwork', 'sourceAccount',
      'destinationRegion', 'destinationZone', 'destinationNetwork', 'destinationAccount', 'pathKind', 'pathVia', 'pathViaZone', 'pathAssumed', 'since',
      'lastMinute', 'totalBytes', 'totalCostNano',
    ],
    TRANSFERRED: ['edge', 'tier', 'from', 'to', 'since', 'until', 'wireBytes', 'payloadBytes', 'packets', 'retransmittedPackets', 'connections', 'costNano', 'rttMicros'],
    ROLLED_OUT: [],
  },
}

/** Words of the language that reading statements use. */
export const KEYWORDS = [
  'MATCH', 'OPTIONAL MATCH', 'WHERE', 'RETURN', 'DISTINCT', 'WITH', 'ORDER BY', 'DESC', 'SKIP', 'LIMIT', 'UNWIND', 'AS', 'AND', 'OR', 'NOT', 'IN',
  'CONTAINS', 'STARTS WITH', 'ENDS WITH', 'IS NULL', 'IS NOT NULL', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'EXISTS', 'UNION',
] as const

/** Functions that the gate lets through and that questions about transfers need. */
export const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'collect', 'size', 'coalesce', 'toInteger', 'toString', 'labels', 'type', 'nodes', 'relationships', 'length', 'head', 'nullIf'] as const
