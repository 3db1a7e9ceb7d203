import type { AnyVariables } from '@urql/core'
import { useCallback, useState } from 'react'
import type { TypedDocumentString } from '../gql/graphql'
import { client } from './client'
import { type Problem, toProblem } from './errors'

export interface Act<Result, Variables> {
  /** Does it; the answer, or null where it failed: the problem is then told. */
  readonly act: (variables: Variables) => Promise<Result | null>
  readonly running: boolean
  readonly problem: Problem | null
}

/** One change, sent when a person asks for it and never again by itself. */
export function useAct<Result, Variables>(document: TypedDocumentString<Result, Variables>): Act<Result, Variables> {
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const act = useCallback(async (variables: Variables): Promise<Result | null> => {
    setRunning(true)
    setProblem(null)
    const { data, error } = await client.mutation<Result, AnyVariables>(document.toString(), variables as AnyVariables).toPromise()
    setRunning(false)
    if (!error) return data ?? null
    setProblem(toProblem(error))
    return null
  }, [document])
  return { act, running, problem }
}
