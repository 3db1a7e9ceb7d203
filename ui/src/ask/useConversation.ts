import { useCallback, useEffect, useRef, useState } from 'react'
import { askStream } from '../api/client'
import { AskDocument } from '../api/documents'
import { type Problem, toProblem } from '../api/errors'
import type { AskSubscription } from '../gql/graphql'
import { leftBy } from '../signin/whoami'
import { type Turn, applyEvent, startTurn } from './conversation'
import { NO_SESSIONS, type Session, type Sessions, begun, changed, currentOf } from './sessions'

export interface Conversation {
  readonly session: Session
  readonly sessions: readonly Session[]
  readonly running: boolean
  readonly ask: (question: string) => void
  readonly stop: () => void
  readonly begin: () => void
  readonly open: (key: number) => void
}

/** What was talked about stays when the pane is closed, as long as the page lives. */
let kept: Sessions = NO_SESSIONS

/** Conversations with the investigator, one of them shown. */
export function useConversation(): Conversation {
  const [sessions, setSessions] = useState(kept)
  const cancel = useRef<() => void>(() => {})
  const session = currentOf(sessions)
  const running = session.turns.at(-1)?.state === 'running'
  const update = useCallback((next: (before: Sessions) => Sessions) => {
    kept = next(kept)
    setSessions(kept)
  }, [])
  const changeLast = useCallback((key: number, next: (turn: Turn) => Turn) => {
    update((before) => changed(before, key, (one) => ({ ...one, turns: one.turns.map((turn, index) => (index === one.turns.length - 1 ? next(turn) : turn)) })))
  }, [update])

  const stop = useCallback(() => {
    cancel.current()
    changeLast(kept.current, (turn) => (turn.state === 'running' ? { ...turn, state: 'stopped' } : turn))
  }, [changeLast])
  useEffect(() => stop, [stop])

  const ask = useCallback((question: string) => {
    stop()
    const { key, conversation } = currentOf(kept)
    update((before) => changed(before, key, (one) => ({ ...one, turns: [...one.turns, startTurn(question)] })))
    cancel.current = askStream.subscribe<AskSubscription>(
      { query: AskDocument.toString(), variables: { question, conversation } },
      {
        next: ({ data, errors }) => {
          if (errors?.[0]) {
            changeLast(key, (turn) => ({ ...turn, state: 'failed', problem: streamProblem(errors[0]) }))
            leftBy(errors[0].extensions?.['code'])
          }
          if (!data) return
          const event = data.ask
          if (event.__typename === 'ChatDone') update((before) => changed(before, key, (one) => ({ ...one, conversation: event.conversation })))
          changeLast(key, (turn) => applyEvent(turn, event))
        },
        error: (error) => changeLast(key, (turn) => ({ ...turn, state: 'failed', problem: toProblem(Array.isArray(error) ? error[0] : error) })),
        complete: () => changeLast(key, (turn) => (turn.state === 'running' ? { ...turn, state: 'failed', problem: BROKEN } : turn)),
      },
    )
  }, [changeLast, stop, update])

  const begin = useCallback(() => {
    stop()
    update(begun)
  }, [stop, update])
  const open = useCallback((key: number) => {
    stop()
    update((before) => ({ ...before, current: key }))
  }, [stop, update])

  return { session, sessions: sessions.all, running, ask, stop, begin, open }
}

const BROKEN: Problem = { code: 'BROKEN_OFF', message: 'The answer ended before it was complete.', hint: 'Ask again.' }

function streamProblem(error: { readonly message: string; readonly extensions?: Record<string, unknown> } | undefined): Problem {
  const { code, hint } = error?.extensions ?? {}
  return { code: typeof code === 'string' ? code : 'FAILED', message: error?.message ?? 'The question failed.', hint: typeof hint === 'string' ? hint : 'Ask again.' }
}
