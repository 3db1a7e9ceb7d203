import { Client, cacheExchange, fetchExchange } from '@urql/core'
import { createClient } from 'graphql-sse'

const STREAM = '/graphql/stream'

/** Questions. Every window names its version, so a cached answer never goes out of date. */
export const client = new Client({
  url: '/graphql',
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
})

/** The feed of versions: tries again for ever, waiting longer each time, at most 30 seconds. */
export const liveStream = createClient({
  url: STREAM,
  retryAttempts: Number.POSITIVE_INFINITY,
  retry: (tries) => new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** tries))),
})

/** Questions to the investigator cost money: one that broke off is never asked again by itself. */
export const askStream = createClient({ url: STREAM, retryAttempts: 0 })
