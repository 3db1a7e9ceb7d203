import type { EntityKind } from '../gql/graphql'

export const KIND_LABELS: Record<EntityKind, string> = {
  WORKLOAD: 'Workload',
  NODE: 'Machine',
  CLOUD_ENDPOINT: 'Outside',
  UNKNOWN: 'Unknown',
}

/** Shapes beside colours, so that the kind can be told without colour. The number is the shader's. */
export const KIND_SHAPES: Record<EntityKind, { readonly shape: number; readonly token: string; readonly glyph: string }> = {
  WORKLOAD: { shape: 0, token: '--kind-workload', glyph: '●' },
  NODE: { shape: 1, token: '--kind-node', glyph: '■' },
  CLOUD_ENDPOINT: { shape: 2, token: '--kind-cloud-endpoint', glyph: '◆' },
  UNKNOWN: { shape: 3, token: '--kind-unknown', glyph: '○' },
}
