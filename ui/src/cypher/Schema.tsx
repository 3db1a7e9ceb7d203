import { type ReactNode, useRef } from 'react'
import { SCHEMA } from './schema'

const SHAPES = ['(:Entity)-[:TRANSFERS]->(:Entity)', '(:Entity)-[:TRANSFERRED]->(:Entity)', '(:Entity)-[:ROLLED_OUT]->(:Deployment)', '(:GraphVersion)']

/** What the graph holds, to look up while writing. */
export function Schema(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>Schema</button>
      <dialog ref={dialog} className="schema" aria-labelledby="schema-title">
        <h2 id="schema-title">What the graph holds</h2>
        <ul className="schema-shapes">{SHAPES.map((shape) => <li key={shape}><code>{shape}</code></li>)}</ul>
        <dl className="schema-list">
          {Object.entries(SCHEMA.labels).map(([label, properties]) => <Row key={label} name={`:${label}`} properties={properties} />)}
          {Object.entries(SCHEMA.types).map(([type, properties]) => <Row key={type} name={`[:${type}]`} properties={properties} />)}
        </dl>
        <form method="dialog"><button type="submit" className="button">Close</button></form>
      </dialog>
    </>
  )
}

function Row({ name, properties }: { readonly name: string; readonly properties: readonly string[] }): ReactNode {
  return <div><dt><code>{name}</code></dt><dd>{properties.length === 0 ? <span className="quiet">no properties</span> : properties.join(', ')}</dd></div>
}
