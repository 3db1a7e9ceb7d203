import { useMemo } from 'react'
import { TeamsDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'

const NONE: ReadonlyMap<string, string> = new Map()

/** The team of each workload of a window, '' and absent for none. Asked where teams are on the screen. */
export function useTeams(window: Window, wanted: boolean): ReadonlyMap<string, string> {
  const variables = useMemo(() => ({ window }), [window])
  const { data } = useDocument(TeamsDocument, variables, { pause: !wanted, keep: true })
  return useMemo(() => {
    if (!data) return NONE
    const named = data.statement.lines.flatMap(({ group: [id = '', team = ''] }): Array<[string, string]> => (team === '' ? [] : [[id, team]]))
    // Lines come costliest first, and a workload can change hands: its costliest team is the one.
    return new Map(named.toReversed())
  }, [data])
}
