import { type ReactNode, useState } from 'react'
import { SaveEndpointDocument } from '../api/changes'
import { useAct } from '../api/useAct'
import { places } from './places'

const FIELDS = [
  ['class', 'Class', 'on-premises, s3, or a word of your own'], ['name', 'Name', 'how it is shown'], ['where', 'Addresses or DNS names', '203.0.113.0/24, api.payments.example'],
  ['provider', 'Provider', 'aws, gcp, azure; empty for nobody\'s'], ['region', 'Region', ''], ['zone', 'Zone', ''], ['network', 'Network', ''], ['account', 'Account', ''], ['team', 'Team', 'who owns it'], ['note', 'Note', 'for the audit log'],
] as const
type Field = (typeof FIELDS)[number][0]
const EMPTY: Record<Field, string> = { class: '', name: '', where: '', provider: '', region: '', zone: '', network: '', account: '', team: '', note: '' }

/** States something outside by its addresses or names, or states it anew. The server judges what was written. */
export function EndpointForm({ onSaved }: { readonly onSaved: () => void }): ReactNode {
  const { act, running, problem } = useAct(SaveEndpointDocument)
  const [values, setValues] = useState(EMPTY)
  const ready = values.class.trim() !== '' && values.name.trim() !== '' && values.where.trim() !== ''
  const save = (): void => {
    const { note, where, ...rest } = values
    void act({ note, endpoint: { ...rest, ...places(where) } }).then((saved) => {
      if (!saved) return
      setValues(EMPTY)
      onSaved()
    })
  }
  return (
    <details className="panel">
      <summary>State an endpoint</summary>
      <form className="parameters" onSubmit={(event) => { event.preventDefault(); if (ready) save() }}>
        {FIELDS.map(([field, label, hint]) => (
          <label key={field}>{label}<input type="text" placeholder={hint} value={values[field]} onChange={(event) => setValues({ ...values, [field]: event.target.value })} /></label>
        ))}
        <p><button type="submit" className="button primary" disabled={!ready || running}>State it</button></p>
      </form>
      {problem && <p className="notice warn" role="alert"><b>{problem.code}</b> {problem.message} {problem.hint}</p>}
    </details>
  )
}
