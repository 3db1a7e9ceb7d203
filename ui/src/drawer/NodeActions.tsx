import { type ReactNode, useId, useRef, useState } from 'react'
import { useKeys } from '../keys/useKeys'
import { displayName } from '../lib/name'
import { isGroupId } from '../map/levels'
import type { GraphNode } from '../map/useGraph'
import type { NodeVerbs } from '../map/useVerbs'

interface Props {
  readonly id: string
  /** Nodes of the window, to find a way to. */
  readonly nodes: readonly GraphNode[]
  readonly verbs: NodeVerbs
}

/** What can be done with a node on the map; each has its key. */
export function NodeActions({ id, nodes, verbs }: Props): ReactNode {
  const [finding, setFinding] = useState(false)
  const single = !isGroupId(id)
  useKeys({
    o: () => verbs.focus(id), e: () => verbs.expand(id), x: () => verbs.hide(id),
    ...(single ? { b: () => verbs.blast(id), p: () => setFinding(true) } : {}),
  })
  return (
    <div className="node-actions" role="group" aria-label="On the map">
      <button type="button" className="button" title="Keep to this and its neighbours (o)" onClick={() => verbs.focus(id)}>Focus</button>
      <button type="button" className="button" title="Draw its neighbours too (e)" onClick={() => verbs.expand(id)}>Expand</button>
      <button type="button" className="button" title="Hide it; it stays counted (x)" onClick={() => verbs.hide(id)}>Hide</button>
      {single && <button type="button" className="button" title="Who is hit if it is gone or slow (b)" onClick={() => verbs.blast(id)}>Blast radius</button>}
      {single && !finding && <button type="button" className="button" title="The ways from it to another node (p)" onClick={() => setFinding(true)}>Path to…</button>}
      {finding && <PathTo nodes={nodes.filter((node) => node.id !== id)} onChoose={(to) => verbs.path(id, to)} onCancel={() => setFinding(false)} />}
    </div>
  )
}

function PathTo({ nodes, onChoose, onCancel }: { readonly nodes: readonly GraphNode[]; readonly onChoose: (id: string) => void; readonly onCancel: () => void }): ReactNode {
  const list = useId()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const chosen = nodes.find((node) => node.id === text) ?? single(nodes.filter((node) => labelOf(node) === text || node.name === text))
  return (
    <form className="path-to" onSubmit={(event) => { event.preventDefault(); if (chosen) onChoose(chosen.id) }}>
      <label>
        Path to
        <input
          // The person has just asked for this field.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus ref={field} type="text" list={list} value={text} onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => { if (event.key === 'Escape') onCancel() }}
        />
      </label>
      <datalist id={list}>{nodes.map((node) => <option key={node.id} value={labelOf(node)}>{labelOf(node)}</option>)}</datalist>
      <button type="submit" className="button" disabled={!chosen}>Find</button>
    </form>
  )
}

function labelOf(node: GraphNode): string {
  return `${displayName(node.name, 60)}${node.namespace === '' ? '' : ` in ${displayName(node.namespace, 40)}`}`
}

function single<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined
}
