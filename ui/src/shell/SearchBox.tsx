import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { useWindows } from '../api/window'
import { useKeys } from '../keys/useKeys'
import { useGraph } from '../map/useGraph'
import { KIND_LABELS } from '../map/kinds'
import { type Found, searchNodes } from '../lib/search'
import { Name } from '../ui/Name'
import { useView } from './useView'

/** Finds a node of the window by name, namespace or id, and selects it. */
export function SearchBox(): ReactNode {
  const { view, go } = useView()
  const graph = useGraph(view, useWindows(view)).data
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const found = useMemo(() => searchNodes(graph?.nodes ?? [], text), [graph, text])
  useKeys({ '/': () => input.current?.focus() })

  const choose = (node: Found | undefined): void => {
    if (!node) return
    setOpen(false)
    setText('')
    input.current?.blur()
    go('/map', { selection: { kind: 'node', id: node.id } })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive((at) => Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(at - 1, 0))
    else if (event.key === 'Enter') choose(found[active])
    else if (event.key === 'Escape') input.current?.blur()
    else return
    event.preventDefault()
  }
  const shown = open && text.trim() !== ''
  return (
    <search className="search">
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search a node"
        aria-expanded={shown && found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && found[active] ? `${list}-${active}` : undefined}
        placeholder="Search a node  /"
        maxLength={200}
        value={text}
        onChange={(event) => { setText(event.target.value); setActive(0); setOpen(true) }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <ul id={list} role="listbox" aria-label="Nodes found" hidden={!shown || found.length === 0}>
        {found.map((node, index) => (
          // The input keeps the focus: options are pressed, not focused. The keys are on the input.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <li key={node.id} id={`${list}-${index}`} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); choose(node) }}>
            <Name of={node.name} /> <span className="quiet">{node.namespace === '' ? KIND_LABELS[node.kind] : node.namespace}</span>
          </li>
        ))}
      </ul>
      {shown && found.length === 0 && <p className="nothing" role="status">No node of this window has that name.</p>}
    </search>
  )
}
