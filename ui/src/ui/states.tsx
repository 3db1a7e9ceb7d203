import type { ReactNode } from 'react'
import type { Problem } from '../api/errors'

/** Nothing is folded yet: says why and what comes. */
export function Empty(): ReactNode {
  return (
    <section className="state" role="status">
      <h2>Nothing is folded yet</h2>
      <p>The first version comes about a minute after the first agent reports. This page shows it by itself.</p>
      <p className="quiet">If nothing comes, see which agents report on the Status screen, or run <code>egressor doctor</code>.</p>
    </section>
  )
}

export function Failure({ problem, retry }: { readonly problem: Problem; readonly retry: () => void }): ReactNode {
  return (
    <section className="state failure" role="alert">
      <h2>This could not be answered</h2>
      <p><code>{problem.code}</code> {problem.message}</p>
      <p>{problem.hint}</p>
      <button type="button" className="button" onClick={retry}>Try again</button>
    </section>
  )
}

/** Why a transfer that was there a minute ago is gone: ends, revisions, zones and way are part of its id (ADR 15). */
export const REFOLDED = 'A minute whose facts come late is folded anew, and what moved is then listed under the owners, zones and ways that it has by them.'

/** Holds the place of what is being loaded, so that nothing jumps. */
export function Skeleton({ label, rows = 6 }: { readonly label: string; readonly rows?: number }): ReactNode {
  return (
    <div className="skeleton" role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: rows }, (_, row) => <span key={row} />)}
    </div>
  )
}
