import type { Fetcher, FetcherParams, FetcherReturnType } from '@graphiql/toolkit'
import { OperationTypeNode, getOperationAST, parse } from 'graphql'
import { createClient } from 'graphql-sse'

const events = createClient({ url: '/graphql/stream', retryAttempts: 0 })

/** Asks as whoever is signed in: subscriptions as event streams, all else by POST. */
export const fetcher: Fetcher = (asked) => (isSubscription(asked) ? follow(asked) : ask(asked))

function isSubscription({ query, operationName }: FetcherParams): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION
  } catch {
    return false // the service says what is wrong with it
  }
}

function requestOf({ query, operationName, variables }: FetcherParams): { query: string; operationName?: string; variables?: Record<string, unknown> } {
  return {
    query,
    ...(operationName ? { operationName } : {}),
    ...(variables ? { variables: variables as Record<string, unknown> } : {}),
  }
}

function follow(asked: FetcherParams): FetcherReturnType {
  return events.iterate(requestOf(asked)) as unknown as FetcherReturnType
}

async function ask(asked: FetcherParams): Promise<Awaited<FetcherReturnType>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' },
    body: JSON.stringify(requestOf(asked)),
  })
  return (await response.json()) as Awaited<FetcherReturnType>
}
