import { useMemo } from 'react'
import type { Window } from '../gql/graphql'
import { type Range, rangeOf, stripRange } from '../lib/window'
import type { View } from '../lib/view'
import { useHead } from './head'

export interface Asked {
  /** Null until the newest minute is known. */
  readonly range: Range | null
  readonly window: Window
  /** The wider window of the strip below. */
  readonly strip: Window
  readonly stripRange: Range | null
}

/** The windows that a view asks for, all pinned to the one version on the screen. */
export function useWindows(view: View): Asked {
  const { meta, newest } = useHead()
  const number = meta?.version.number ?? null
  return useMemo(() => {
    if (number === null || newest === '') return { range: null, window: {}, strip: {}, stripRange: null }
    const asOf = { version: number }
    const range = rangeOf(view, newest)
    const wide = stripRange(range, newest)
    return { range, window: { ...range, asOf }, strip: { ...wide, asOf }, stripRange: wide }
  }, [view, number, newest])
}
