import type { AnyVariables, RequestPolicy } from '@urql/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { TypedDocumentString } from '../gql/graphql'
import { client } from './client'
import { leftBy } from '../signin/whoami'
import { type Problem, toProblem } from './errors'

export interface Answer<Result> {
  /** The newest answer; with `keep`, the one before while the next is under way. */
  readonly data: Result | null
  readonly problem: Problem | null
  /** True while an answer to the present variables is under way. */
  readonly loading: boolean
  readonly retry: () => void
}

interface Options {
  /** Asks nothing while true. */
  readonly pause?: boolean
  /** Keeps the last data on the screen while new variables are asked: for what moves with time. */
  readonly keep?: boolean
  readonly policy?: RequestPolicy
}

interface State<Result> {
  readonly key: string
  readonly data: Result | null
  readonly problem: Problem | null
}

/** Asks one stored operation and follows its variables. Late answers to old variables are dropped. */
export function useDocument<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { pause = false, keep = false, policy = 'cache-first' }: Options = {},
): Answer<Result> {
  const key = useMemo(() => JSON.stringify(variables), [variables])
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<State<Result> | null>(null)

  useEffect(() => {
    if (pause) return undefined
    let current = true
    const asked = client.query<Result, AnyVariables>(document.toString(), JSON.parse(key) as AnyVariables, {
      requestPolicy: attempt > 0 ? 'network-only' : policy,
    })
    void asked.toPromise().then((result) => {
      if (!current) return
      const problem = result.error ? toProblem(result.error) : null
      leftBy(problem?.code)
      setState((before) => ({
        key,
        data: result.data ?? (keep ? (before?.data ?? null) : null),
        problem,
      }))
    })
    return () => {
      current = false
    }
  }, [document, key, pause, keep, policy, attempt])

  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  const fresh = state?.key === key
  return {
    data: fresh || keep ? (state?.data ?? null) : null,
    problem: fresh ? state.problem : null,
    loading: !pause && !fresh,
    retry,
  }
}
