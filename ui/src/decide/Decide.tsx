import { type ReactNode, useId, useState } from 'react'
import type { Problem } from '../api/errors'
import { displayName } from '../lib/name'
import { Moment } from '../ui/figures'

/** One thing that can be said of an incident or a saving. */
export interface Verdict {
  readonly id: string
  readonly label: string
  /** What the note is for; a needed note must be written before it can be said. */
  readonly note: string
  readonly needed: boolean
  readonly run: (note: string) => Promise<unknown>
}

interface Props {
  readonly state: string
  readonly verdicts: readonly Verdict[]
  readonly decisions: ReadonlyArray<{ readonly action: string; readonly by: string; readonly at: string; readonly note: string; readonly until?: string | null }>
  readonly problem: Problem | null
  readonly running: boolean
}

const LONGEST_NOTE = 2000

/** What people made of something, and the buttons to say so; nothing that was said is ever overwritten. */
export function Decide({ state, verdicts, decisions, problem, running }: Props): ReactNode {
  const [chosen, setChosen] = useState<Verdict | null>(null)
  return (
    <div className="decide" role="group" aria-label="What people made of it">
      <div className="decide-bar">
        <span className={`kind ${state.toLowerCase()}`}>{state.toLowerCase()}</span>
        {verdicts.map((verdict) => <button key={verdict.id} type="button" className="button" disabled={running} aria-expanded={chosen?.id === verdict.id} onClick={() => setChosen(chosen?.id === verdict.id ? null : verdict)}>{verdict.label}</button>)}
      </div>
      {chosen && <Note key={chosen.id} verdict={chosen} running={running} onSaid={() => setChosen(null)} />}
      {problem && <p className="notice warn" role="alert"><b>{problem.code}</b> {problem.message} {problem.hint}</p>}
      {decisions.length > 0 && (
        <ol className="decisions">
          {decisions.map((one) => (
            <li key={`${one.at} ${one.action}`}>
              <span className="quiet"><Moment of={one.at} /></span> <b>{one.action.toLowerCase()}</b> by {displayName(one.by, 60)}{one.until && <> until <Moment of={one.until} /></>}{one.note !== '' && <span className="name">: {displayName(one.note, 400)}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function Note({ verdict, running, onSaid }: { readonly verdict: Verdict; readonly running: boolean; readonly onSaid: () => void }): ReactNode {
  const [note, setNote] = useState('')
  const id = useId()
  const missing = verdict.needed && note.trim() === ''
  return (
    <form className="decide-note" onSubmit={(event) => { event.preventDefault(); if (!missing) void verdict.run(note.trim()).then((said) => said !== null && onSaid()) }}>
      <label htmlFor={id}>{verdict.note}</label>
      <textarea id={id} rows={2} maxLength={LONGEST_NOTE} value={note} onChange={(event) => setNote(event.target.value)} />
      <button type="submit" className="button primary" disabled={missing || running}>{verdict.label}</button>
    </form>
  )
}
