import { CombinedError } from '@urql/core'

/** A failure, told to people: what it is called, what happened, what to do. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
}

const HINTS: Record<string, string> = {
  NETWORK: 'Check that egressor still runs and that this page can reach it, then try again.',
  STORE_UNAVAILABLE: 'A store does not answer. Run "egressor doctor" where the server runs.',
  VERSION_EXPIRED: 'This version is past its retention. Go back to live, or open a newer version.',
  VERSION_NOT_YET: 'This version is not committed yet. Go back to live.',
  TIMEOUT: 'The question took too long. Choose a shorter window.',
  UNKNOWN_ID: 'The link may be of another system. Search for the name instead.',
}

/** Translates every error of the API in one place. */
export function toProblem(error: unknown): Problem {
  if (error instanceof CombinedError) return fromCombined(error)
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'NETWORK', message, hint: HINTS['NETWORK'] ?? '' }
}

function fromCombined(error: CombinedError): Problem {
  const [first] = error.graphQLErrors
  if (first) {
    const code = textOf(first.extensions['code'], 'FAILED')
    return { code, message: first.message, hint: textOf(first.extensions['hint'], HINTS[code] ?? 'Try again; if it stays, run "egressor doctor".') }
  }
  return { code: 'NETWORK', message: error.networkError?.message ?? error.message, hint: HINTS['NETWORK'] ?? '' }
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback
}
