import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { AsOf, HeadQuery } from '../gql/graphql'
import type { View } from '../lib/view'
import { leftBy } from '../signin/whoami'
import { liveStream } from './client'
import { HeadDocument, VersionCommittedDocument } from './documents'
import type { Problem } from './errors'
import { useDocument } from './useDocument'

export type Meta = NonNullable<HeadQuery['meta']>

/** What the whole screen is answered from: one version, and the newest minute it knows. */
export interface Head {
  readonly state: 'loading' | 'empty' | 'failed' | 'ready'
  readonly meta: Meta | null
  /** End of the newest folded minute of that version, '' while unknown. */
  readonly newest: string
  readonly problem: Problem | null
  /** False while the feed of versions is interrupted. */
  readonly connected: boolean
  readonly retry: () => void
}

/** A poll besides the feed, for lag and for proxies that hold event streams back. */
const POLL_MS = 30_000

const HeadContext = createContext<Head | null>(null)

export function useHead(): Head {
  const head = useContext(HeadContext)
  if (!head) throw new Error('useHead outside HeadProvider')
  return head
}

export function HeadProvider({ view, children }: { readonly view: View; readonly children: ReactNode }): ReactNode {
  const { version, knownThen, to } = view
  const variables = useMemo(() => ({ asOf: asOfOf(version, knownThen ? to : null) }), [version, knownThen, to])
  const answer = useDocument(HeadDocument, variables, { keep: true, policy: 'network-only' })
  const connected = useVersionFeed(answer.retry)

  const head = useMemo((): Head => {
    const { data, problem, retry } = answer
    const meta = data?.meta ?? null
    const state = meta ? 'ready' : problem ? 'failed' : data ? 'empty' : 'loading'
    return { state, meta, newest: meta ? (data?.transfers.window.to ?? '') : '', problem, connected, retry }
  }, [answer, connected])
  return <HeadContext value={head}>{children}</HeadContext>
}

/** How long a feed that the server ended waits before it begins anew: the server stops, or what the sign-in allows has changed. */
const RESUME_MS = 2_000

/** Calls `onCommit` at every committed version; tells whether the feed is up. */
function useVersionFeed(onCommit: () => void): boolean {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    let stop = (): void => {}
    let resume: ReturnType<typeof setTimeout> | undefined
    const follow = (): void => {
      let signedOut = false
      stop = liveStream.subscribe(
        { query: VersionCommittedDocument.toString() },
        {
          next: ({ errors }) => {
            signedOut = leftBy(errors?.[0]?.extensions?.['code'])
            setConnected(!errors)
            if (!errors) onCommit()
          },
          error: () => setConnected(false),
          complete: () => {
            setConnected(false)
            if (!signedOut) resume = setTimeout(follow, RESUME_MS)
          },
        },
      )
    }
    follow()
    const poll = setInterval(onCommit, POLL_MS)
    return () => {
      stop()
      clearTimeout(resume)
      clearInterval(poll)
    }
  }, [onCommit])
  return connected
}

function asOfOf(version: number | null, time: string | null): AsOf | null {
  if (version !== null) return { version }
  return time === null ? null : { time }
}
