import { type ReactNode, useId } from 'react'
import { useWindows } from '../api/window'
import { displayName } from '../lib/name'
import { useGraph } from '../map/useGraph'
import { useView } from '../shell/useView'
import type { Field } from './parameters'

interface Props {
  readonly fields: readonly Field[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (name: string, value: string) => void
  readonly onRun: () => void
}

/** The slots of a statement; a slot for a node offers the nodes of the window. */
export function Parameters({ fields, values, onChange, onRun }: Props): ReactNode {
  const nodes = useId()
  if (fields.length === 0) return null
  return (
    <form className="parameters" aria-label="Parameters" onSubmit={(event) => { event.preventDefault(); onRun() }}>
      {fields.map((field) => (
        <label key={field.name}>
          {`$${field.name} `}
          <span className="quiet">{displayName(field.meaning === '' ? 'a value' : field.meaning, 120)}</span>
          <input type="text" value={values[field.name] ?? field.initial} list={field.name === 'node' ? nodes : undefined} onChange={(event) => onChange(field.name, event.target.value)} />
        </label>
      ))}
      {fields.some((field) => field.name === 'node') && <NodeIds id={nodes} />}
      {/* Enter in a field runs the statement. */}
      <button type="submit" hidden>Run</button>
    </form>
  )
}

function NodeIds({ id }: { readonly id: string }): ReactNode {
  const { view } = useView()
  const graph = useGraph(view, useWindows(view)).data
  return <datalist id={id}>{graph?.nodes.map((node) => <option key={node.id} value={node.id}>{displayName(node.name)}</option>)}</datalist>
}
