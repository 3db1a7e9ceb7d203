import { useMemo } from 'react'
import { OverviewDocument } from '../api/documents'
import { type Answer, useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import type { OverviewQuery } from '../gql/graphql'
import { type Range, earlierOf } from '../lib/window'

export type Overview = OverviewQuery
export type Line = Overview['paths']['lines'][number]
export type Standing = Overview['paths']['standing'][number]
export type Mover = Overview['diff']['rows'][number]

/** The window in money: by path, causer and charge code, and against the window before. One question, one version. */
export function useOverview({ range, window }: Asked): Answer<OverviewQuery> & { readonly earlier: Range | null } {
  const earlier = useMemo(() => range && earlierOf(range, 'prev'), [range])
  const variables = useMemo(() => ({ window, before: { ...earlier, asOf: window.asOf ?? null } }), [window, earlier])
  const answer = useDocument(OverviewDocument, variables, { pause: range === null, keep: true })
  return { ...answer, earlier }
}
