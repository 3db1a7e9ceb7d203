import { useCallback, useSyncExternalStore } from 'react'

/** A statement that a person kept, or ran. */
export interface Kept {
  readonly title: string
  readonly statement: string
  readonly parameters: string
}

type Shelf = 'egressor.cypher.mine' | 'egressor.cypher.history'

const MOST: Record<Shelf, number> = { 'egressor.cypher.mine': 100, 'egressor.cypher.history': 50 }
const NONE: readonly Kept[] = []
const listeners = new Set<() => void>()
const read = new Map<Shelf, { readonly text: string; readonly list: readonly Kept[] }>()

/** A person's own list in this browser: newest first, each statement with its parameters once. */
export function useShelf(shelf: Shelf): { readonly list: readonly Kept[]; readonly put: (kept: Kept) => void; readonly drop: (kept: Kept) => void } {
  const list = useSyncExternalStore(subscribe, () => listOf(shelf))
  const put = useCallback((kept: Kept) => store(shelf, [kept, ...listOf(shelf).filter((one) => !same(one, kept))].slice(0, MOST[shelf])), [shelf])
  const drop = useCallback((kept: Kept) => store(shelf, listOf(shelf).filter((one) => !same(one, kept))), [shelf])
  return { list, put, drop }
}

function same(a: Kept, b: Kept): boolean {
  return a.statement === b.statement && a.parameters === b.parameters
}

function listOf(shelf: Shelf): readonly Kept[] {
  let text = ''
  try {
    text = localStorage.getItem(shelf) ?? ''
  } catch {
    // Storage can be switched off: the list then lasts as long as the page.
    return read.get(shelf)?.list ?? NONE
  }
  const known = read.get(shelf)
  if (known?.text === text) return known.list
  const list = parse(text)
  read.set(shelf, { text, list })
  return list
}

function store(shelf: Shelf, list: readonly Kept[]): void {
  const text = JSON.stringify(list)
  read.set(shelf, { text, list })
  try {
    localStorage.setItem(shelf, text)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

function parse(text: string): readonly Kept[] {
  try {
    const list: unknown = JSON.parse(text === '' ? '[]' : text)
    return Array.isArray(list) ? list.filter(isKept) : NONE
  } catch {
    return NONE
  }
}

function isKept(value: unknown): value is Kept {
  const { title, statement, parameters } = (value ?? {}) as Record<string, unknown>
  return typeof title === 'string' && typeof statement === 'string' && typeof parameters === 'string'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
