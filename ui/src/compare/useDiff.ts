import { useMemo } from 'react'
import { DiffDocument } from '../api/documents'
import { type Answer, useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import type { DiffQuery, Dimension } from '../gql/graphql'
import { type Group, type View } from '../lib/view'
import { type Range, earlierOf } from '../lib/window'

export type Diff = DiffQuery['diff']
export type DiffRow = Diff['rows'][number]
export type DiffSum = Diff['total']

/** At most this many rows are listed; the others are summed. */
export const LISTED = 200

const DIMENSIONS: Record<Group, Dimension> = {
  transfer: 'TRANSFER', pair: 'PAIR', source: 'SOURCE', namespace: 'NAMESPACE_PAIR', team: 'TEAM_PAIR', zone: 'ZONE_PAIR', path: 'PATH',
}

/** The view's window against an earlier one, both as known in the version on the screen. */
export function useDiff(view: View, { range, window }: Asked): Answer<DiffQuery> & { readonly earlier: Range | null } {
  const earlier = useMemo(() => range && earlierOf(range, view.against), [range, view.against])
  const variables = useMemo(() => ({
    before: { ...earlier, asOf: window.asOf ?? null },
    after: window,
    groupBy: DIMENSIONS[view.group],
    orderBy: view.measure === 'bytes' ? 'BYTES' as const : 'COST' as const,
    limit: LISTED,
  }), [earlier, window, view.group, view.measure])
  const answer = useDocument(DiffDocument, variables, { pause: range === null, keep: true })
  return { ...answer, earlier }
}
