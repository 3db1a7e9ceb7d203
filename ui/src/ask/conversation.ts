import type { AskSubscription } from '../gql/graphql'
import type { Problem } from '../api/errors'

export type AskEvent = AskSubscription['ask']
export type Figure = Extract<AskEvent, { __typename: 'ChatFigure' }>

export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly input: string
  readonly result: string | null
  readonly error: string | null
}

/** A piece of an answer that is more than text; it stands in the text as a sign, see `sign`. */
export type Piece =
  | { readonly kind: 'figure'; readonly text: string; readonly figure: Figure }
  | { readonly kind: 'cause'; readonly text: string; readonly call: string }
  | { readonly kind: 'unproven'; readonly text: string; readonly why: string }

export interface Turn {
  readonly question: string
  /** The answer, with a sign in the place of each piece. */
  readonly text: string
  readonly pieces: readonly Piece[]
  readonly calls: readonly ToolCall[]
  readonly state: 'running' | 'done' | 'failed' | 'stopped'
  readonly unproven: number
  readonly version: number | null
  readonly tokens: number
  readonly cost: string | null
  readonly problem: Problem | null
}

export function startTurn(question: string): Turn {
  return { question, text: '', pieces: [], calls: [], state: 'running', unproven: 0, version: null, tokens: 0, cost: null, problem: null }
}

/** What stands in a text for its piece: two signs that no answer has, with the piece's place between them. */
export function sign(index: number): string {
  return `\uE000${index}\uE001`
}

const SIGNS = /[\uE000\uE001]/g

/** The turn after one more event of the stream. */
export function applyEvent(turn: Turn, event: AskEvent): Turn {
  switch (event.__typename) {
    case 'ChatText':
      return { ...turn, text: turn.text + event.text.replace(SIGNS, '') }
    case 'ChatFigure':
      return withPiece(turn, { kind: 'figure', text: event.text, figure: event })
    case 'ChatCause':
      return withPiece(turn, { kind: 'cause', text: event.text, call: event.call })
    case 'ChatUnproven':
      return withPiece(turn, { kind: 'unproven', text: event.text, why: event.why })
    case 'ChatToolCall': {
      const call = { id: event.id, name: event.name, input: event.input, result: event.result ?? null, error: event.error ?? null }
      const known = turn.calls.some((one) => one.id === call.id)
      return { ...turn, calls: known ? turn.calls.map((one) => (one.id === call.id ? call : one)) : [...turn.calls, call] }
    }
    case 'ChatDone':
      return {
        ...turn, state: 'done', unproven: event.unproven.length, version: event.version ?? null,
        tokens: event.inputTokens + event.outputTokens, cost: event.costUsd ?? null,
      }
    case 'ChatFailed':
      return { ...turn, state: 'failed', problem: { code: event.code, message: event.message, hint: event.hint } }
    default:
      return turn
  }
}

function withPiece(turn: Turn, piece: Piece): Turn {
  return { ...turn, text: turn.text + sign(turn.pieces.length), pieces: [...turn.pieces, piece] }
}

/** The answer as plain text, for copying; what is not proven says so. */
export function plainText(turn: Turn): string {
  return turn.text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => {
    const piece = turn.pieces[Number(index)]
    if (!piece) return ''
    return piece.kind === 'unproven' ? `${piece.text} [unproven]` : piece.text
  })
}

/** Questions that go on from an answer: what its tools found is what can be asked about. */
export function followUps(turn: Turn): string[] {
  if (turn.state !== 'done') return []
  const used = new Set(turn.calls.filter((call) => call.error === null).map((call) => call.name))
  const questions: string[] = []
  if (!used.has('explain_cost')) questions.push('Why does the costliest transfer cost what it costs?')
  if (!used.has('explain_change')) questions.push('What changed in the last 15 minutes?')
  if (!used.has('savings')) questions.push('What would save the most?')
  if (!used.has('incidents')) questions.push('Which incidents are open?')
  return questions.filter((question) => question !== turn.question).slice(0, 3)
}
