import { useCallback, useEffect, useRef, useState } from 'react'
import { askStream } from '../api/client'
import { AskDocument } from '../api/documents'
import { type Problem, toProblem } from '../api/errors'
import type { AskSubscription } from '../gql/graphql'
import { type Turn, applyEvent, startTurn } from './conversation'

export interface Conversation {
  readonly turns: readonly Turn[]
  readonly running: boolean
  readonly ask: (question: string) => void
  readonly stop: () => void
}

/** A conversation with the investigator; it lives as long as the page. */
export function useConversation(): Conversation {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const conversation = useRef<string | null>(null)
  const cancel = useRef<() => void>(() => {})
  const running = turns.at(-1)?.state === 'running'
  useEffect(() => () => cancel.current(), [])

  const change = useCallback((next: (turn: Turn) => Turn) => {
    setTurns((before) => before.map((turn, index) => (index === before.length - 1 ? next(turn) : turn)))
  }, [])

  const ask = useCallback((question: string) => {
    cancel.current()
    setTurns((before) => [...before, startTurn(question)])
    cancel.current = askStream.subscribe<AskSubscription>(
      { query: AskDocument.toString(), variables: { question, conversation: conversation.current } },
      {
        next: ({ data, errors }) => {
          if (errors?.[0]) change((turn) => ({ ...turn, state: 'failed', problem: streamProblem(errors[0]) }))
          if (!data) return
          if (data.ask.__typename === 'ChatDone') conversation.current = data.ask.conversation
          change((turn) => applyEvent(turn, data.ask))
        },
        error: (error) => change((turn) => ({ ...turn, state: 'failed', problem: toProblem(Array.isArray(error) ? error[0] : error) })),
        complete: () => change((turn) => (turn.state === 'running' ? { ...turn, state: 'failed', problem: BROKEN } : turn)),
      },
    )
  }, [change])

  const stop = useCallback(() => {
    cancel.current()
    change((turn) => (turn.state === 'running' ? { ...turn, state: 'stopped' } : turn))
  }, [change])

  return { turns, running, ask, stop }
}

const BROKEN: Problem = { code: 'BROKEN_OFF', message: 'The answer ended before it was complete.', hint: 'Ask again.' }

function streamProblem(error: { readonly message: string; readonly extensions?: Record<string, unknown> } | undefined): Problem {
  const { code, hint } = error?.extensions ?? {}
  return { code: typeof code === 'string' ? code : 'FAILED', message: error?.message ?? 'The question failed.', hint: typeof hint === 'string' ? hint : 'Ask again.' }
}
