import type { AskSubscription } from '../gql/graphql'
import type { Problem } from '../api/errors'

export type AskEvent = AskSubscription['ask']

export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly input: string
  readonly result: string | null
  readonly error: string | null
}

export interface Turn {
  readonly question: string
  readonly text: string
  readonly calls: readonly ToolCall[]
  readonly state: 'running' | 'done' | 'failed' | 'stopped'
  /** Figures of the text that no tool result contains. */
  readonly unproven: readonly string[]
  readonly version: number | null
  readonly tokens: number
  readonly problem: Problem | null
}

export function startTurn(question: string): Turn {
  return { question, text: '', calls: [], state: 'running', unproven: [], version: null, tokens: 0, problem: null }
}

/** The turn after one more event of the stream. */
export function applyEvent(turn: Turn, event: AskEvent): Turn {
  switch (event.__typename) {
    case 'ChatText':
      return { ...turn, text: turn.text + event.text }
    case 'ChatToolCall': {
      const call = { id: event.id, name: event.name, input: event.input, result: event.result ?? null, error: event.error ?? null }
      const known = turn.calls.some((one) => one.id === call.id)
      return { ...turn, calls: known ? turn.calls.map((one) => (one.id === call.id ? call : one)) : [...turn.calls, call] }
    }
    case 'ChatDone':
      return { ...turn, state: 'done', unproven: event.unproven, version: event.version ?? null, tokens: event.inputTokens + event.outputTokens }
    case 'ChatFailed':
      return { ...turn, state: 'failed', problem: { code: event.code, message: event.message, hint: event.hint } }
    default:
      return turn
  }
}
