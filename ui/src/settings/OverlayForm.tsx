import { type ReactNode, useState } from 'react'
import { PutOverlayDocument } from '../api/changes'
import { useAct } from '../api/useAct'
import { useHead } from '../api/head'

/** Puts a price overlay in force from a minute on, or replaces the one of its name. */
export function OverlayForm({ onSaved }: { readonly onSaved: () => void }): ReactNode {
  const { newest } = useHead()
  const { act, running, problem } = useAct(PutOverlayDocument)
  const [text, setText] = useState('')
  const [from, setFrom] = useState('')
  const [note, setNote] = useState('')
  const start = from === '' ? newest : from
  return (
    <details className="panel">
      <summary>Put an overlay in force</summary>
      <form
        className="parameters"
        onSubmit={(event) => {
          event.preventDefault()
          void act({ text, from: start, note }).then((saved) => {
            if (!saved) return
            setText('')
            onSaved()
          })
        }}
      >
        <label className="whole">YAML, as docs/formats/overlay.md says<textarea rows={8} maxLength={200_000} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} /></label>
        <label>Holds from, UTC<input type="text" value={start} onChange={(event) => setFrom(event.target.value)} /></label>
        <label>Note<input type="text" placeholder="for the audit log" value={note} onChange={(event) => setNote(event.target.value)} /></label>
        <p><button type="submit" className="button primary" disabled={text.trim() === '' || running}>Put it in force</button></p>
      </form>
      {problem && <p className="notice warn" role="alert"><b>{problem.code}</b> {problem.message} {problem.hint}</p>}
    </details>
  )
}
