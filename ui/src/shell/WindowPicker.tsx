import type { ReactNode } from 'react'
import { useHead } from '../api/head'
import { SPANS, SPAN_LABELS } from '../lib/view'
import { stepped } from './ShellKeys'
import { useView } from './useView'

/** Length of the window, and one window back or forward. */
export function WindowPicker(): ReactNode {
  const { view, patch } = useView()
  const { newest } = useHead()
  return (
    <fieldset className="segmented">
      <legend className="hidden">Window</legend>
      <button type="button" aria-label="One window back" title="One window back ([)" onClick={() => patch(stepped(view, newest, -1))}>‹</button>
      {SPANS.map((span) => (
        <button key={span} type="button" aria-pressed={view.from === null && view.span === span} onClick={() => patch({ span, from: null })}>
          {SPAN_LABELS[span]}
        </button>
      ))}
      <button type="button" aria-label="One window forward" title="One window forward (])" disabled={view.to === null} onClick={() => patch(stepped(view, newest, 1))}>›</button>
    </fieldset>
  )
}
