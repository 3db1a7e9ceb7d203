import { useEffect, useRef } from 'react'
import type { TypedDocumentString } from '../gql/graphql'
import { useHead } from './head'
import { type Answer, useDocument } from './useDocument'

/** What is true now and changes with each version, whatever window is on the screen: asked again at every commit. */
export function useFresh<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Answer<Result> {
  const { meta } = useHead()
  const number = meta?.version.number ?? 0
  const answer = useDocument(document, variables, { keep: true, policy: 'network-only' })
  const { retry } = answer
  const asked = useRef(number)
  useEffect(() => {
    if (asked.current === number) return
    asked.current = number
    retry()
  }, [number, retry])
  return answer
}
