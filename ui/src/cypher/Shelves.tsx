import { type ReactNode, useState } from 'react'
import { displayName } from '../lib/name'
import type { Kept } from './kept'
import type { Shipped } from './parameters'

interface Props {
  readonly shipped: readonly Shipped[]
  readonly mine: readonly Kept[]
  readonly history: readonly Kept[]
  /** The statement on the screen. */
  readonly current: string
  readonly onChoose: (statement: string, parameters: string) => void
  readonly onDrop: (kept: Kept) => void
}

const SHELVES = [['shipped', 'Shipped'], ['mine', 'Mine'], ['history', 'History']] as const

/** Queries to choose from: those that come with Egressor, one's own, and what was run before. */
export function Shelves({ shipped, mine, history, current, onChoose, onDrop }: Props): ReactNode {
  const [shelf, setShelf] = useState<(typeof SHELVES)[number][0]>('shipped')
  const [text, setText] = useState('')
  const all: readonly Kept[] = shelf === 'mine' ? mine : shelf === 'history' ? history : shipped.map(({ title, statement }) => ({ title, statement, parameters: '' }))
  const wanted = text.trim().toLocaleLowerCase('en')
  const found = all.filter((one) => `${one.title}\n${one.statement}`.toLocaleLowerCase('en').includes(wanted))
  return (
    <aside className="shelves" aria-label="Queries">
      <fieldset className="segmented">
        <legend className="hidden">Queries</legend>
        {SHELVES.map(([id, label]) => <button key={id} type="button" aria-pressed={shelf === id} onClick={() => setShelf(id)}>{label}</button>)}
      </fieldset>
      <input type="search" aria-label="Find a query" placeholder="Find a query" value={text} onChange={(event) => setText(event.target.value)} />
      <ul className="shelf">
        {found.map((one) => (
          <li key={`${one.statement}\n${one.parameters}`}>
            <button type="button" className="shelf-query" aria-pressed={one.statement === current} onClick={() => onChoose(one.statement, one.parameters)}>
              <span className="name">{displayName(one.title === '' ? one.statement : one.title, 120)}</span>
              {one.parameters !== '' && <span className="quiet small name">{displayName(one.parameters, 80)}</span>}
            </button>
            {shelf === 'mine' && <button type="button" className="link" aria-label={`Remove ${displayName(one.title, 60)}`} onClick={() => onDrop(one)}>×</button>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet">{all.length > 0 ? 'No query here has these words.' : shelf === 'mine' ? 'Keep a statement, and it is listed here, in this browser.' : 'What you run is listed here, in this browser.'}</p>}
    </aside>
  )
}
