import type { Turn } from './conversation'

/** One talk with the investigator, as long as the page lives. */
export interface Session {
  readonly key: number
  /** The service's id of the conversation, null until the first answer has ended. */
  readonly conversation: string | null
  readonly turns: readonly Turn[]
}

export interface Sessions {
  /** Oldest first; never empty. */
  readonly all: readonly Session[]
  readonly current: number
}

export const NO_SESSIONS: Sessions = { all: [{ key: 1, conversation: null, turns: [] }], current: 1 }

/** The talk that is shown. */
export function currentOf({ all, current }: Sessions): Session {
  return all.find((session) => session.key === current) ?? { key: current, conversation: null, turns: [] }
}

/** The talks with one of them changed. */
export function changed(sessions: Sessions, key: number, next: (session: Session) => Session): Sessions {
  return { ...sessions, all: sessions.all.map((session) => (session.key === key ? next(session) : session)) }
}

/** A new talk; an empty one is used again. */
export function begun(sessions: Sessions): Sessions {
  const empty = sessions.all.find((session) => session.turns.length === 0)
  if (empty) return { ...sessions, current: empty.key }
  const key = Math.max(...sessions.all.map((session) => session.key)) + 1
  return { all: [...sessions.all, { key, conversation: null, turns: [] }], current: key }
}

/** What a talk is called: its first question. */
export function titleOf(session: Session): string {
  const question = session.turns[0]?.question ?? 'New conversation'
  return question.length > 60 ? `${question.slice(0, 59)}…` : question
}
