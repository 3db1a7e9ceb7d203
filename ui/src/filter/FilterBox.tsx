import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { FilterCompletionsDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { FilterCompletionsQuery, Window } from '../gql/graphql'
import { useKeys } from '../keys/useKeys'
import { displayName } from '../lib/name'
import { LONGEST_FILTER } from '../lib/view'

interface Props {
  readonly filter: string
  readonly window: Window
  readonly onFilter: (filter: string) => void
}

type Completion = FilterCompletionsQuery['filterCompletions']['completions'][number]

/** Questions that are asked often, in the language itself. */
const PRESETS = [['NAT', 'path=nat'], ['Across zones', 'crosses=zone'], ['Internet', 'class=internet'], ['Unknown ends', 'kind=unknown']] as const

const WORD = /^[\w.*-]*$/u

/** Which transfers everything is about: typed in the filter language, which the server completes and judges. */
export function FilterBox({ filter, window, onFilter }: Props): ReactNode {
  const [draft, setDraft] = useState<{ readonly text: string; readonly cursor: number; readonly of: string } | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const text = draft?.of === filter ? draft.text : filter
  const cursor = draft?.of === filter ? draft.cursor : text.length
  const variables = useMemo(() => ({ text, cursor, window }), [text, cursor, window])
  const { data, loading } = useDocument(FilterCompletionsDocument, variables, { pause: !open, keep: true })
  const answer = data?.filterCompletions
  const found = open ? (answer?.completions ?? []) : []
  useKeys({ '\\': () => input.current?.focus() })

  const type = (next: string, at: number): void => {
    setDraft({ text: next, cursor: at, of: filter })
    setActive(-1)
    setOpen(true)
  }
  const choose = (one: Completion | undefined): void => {
    if (!one || !answer) return
    // The list may be of fewer letters than are typed by now: they belong to the word that is replaced.
    const typed = loading ? text.slice(answer.from, cursor) : ''
    if (!WORD.test(typed)) return
    type(text.slice(0, answer.from) + one.text + text.slice(Math.max(answer.to, answer.from + typed.length)), answer.from + one.text.length)
  }
  const apply = (): void => {
    setOpen(false)
    onFilter(text.trim())
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive((at) => Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(at - 1, -1))
    else if (event.key === 'Enter' && active >= 0) choose(found[active])
    else if (event.key === 'Enter') apply()
    else if (event.key === 'Escape') { setOpen(false); input.current?.blur() }
    else return
    event.preventDefault()
  }
  return (
    <search className="filter">
      <input
        ref={input} type="text" role="combobox" aria-label="Filter the transfers" aria-expanded={found.length > 0} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={found[active] ? `${list}-${active}` : undefined} placeholder="Filter  \   namespace=shop path=nat bytes>1GB" maxLength={LONGEST_FILTER} spellCheck={false} autoComplete="off"
        value={text} onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={onKey}
      />
      <button type="button" className="button" onClick={apply} disabled={text.trim() === filter}>Filter</button>
      {filter !== '' && <button type="button" className="link" onClick={() => onFilter('')}>all transfers</button>}
      {filter === '' && <span className="presets quiet small">{PRESETS.map(([label, preset]) => <button key={preset} type="button" className="link" title={preset} onClick={() => onFilter(preset)}>{label}</button>)}</span>}
      <ul id={list} role="listbox" aria-label="Ways to go on" hidden={found.length === 0}>
        {found.map((one, index) => (
          // The input keeps the focus: options are pressed, not focused. The keys are on the input.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <li key={`${one.kind} ${one.text}`} id={`${list}-${index}`} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); choose(one) }}>
            <code>{displayName(one.text, 60)}</code> <span className="quiet small">{displayName(one.doc === '' ? one.kind.toLowerCase() : one.doc, 80)}</span>
          </li>
        ))}
      </ul>
      {open && answer?.problem && text.trim() !== '' && <p className="quiet small filter-problem" role="status">{displayName(answer.problem.message, 200)}. {displayName(answer.problem.hint, 200)}</p>}
    </search>
  )
}
