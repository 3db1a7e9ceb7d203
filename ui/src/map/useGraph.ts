import { useMemo } from 'react'
import { GraphDocument } from '../api/documents'
import { type Answer, useDocument } from '../api/useDocument'
import type { Asked } from '../api/window'
import type { GraphQuery } from '../gql/graphql'
import { FEW_TRANSFERS, MORE_TRANSFERS, MOST_NODES, type View } from '../lib/view'

export type Graph = GraphQuery['graph']
export type GraphNode = Graph['nodes'][number]
export type GraphTransfer = Graph['transfers'][number]

/** The graph of the view's window and filter. Two callers ask the server once: the answer is cached by version. */
export function useGraph(view: View, { range, window }: Asked): Omit<Answer<GraphQuery>, 'data'> & { readonly data: Graph | null } {
  const limit = view.more ? MORE_TRANSFERS : FEW_TRANSFERS
  const variables = useMemo(() => ({ window: view.filter === '' ? window : { ...window, filter: view.filter }, limit, nodes: MOST_NODES }), [window, limit, view.filter])
  const answer = useDocument(GraphDocument, variables, { pause: range === null, keep: true })
  return { ...answer, data: answer.data?.graph ?? null }
}
