import { Fragment, type ReactNode, useMemo } from 'react'
import { type Span, parseAnswer } from './markdown'

/** An answer as text. What the model writes is never HTML, and nothing in it can be clicked or loaded. */
export function Answer({ text, unproven }: { readonly text: string; readonly unproven: readonly string[] }): ReactNode {
  const blocks = useMemo(() => parseAnswer(text, unproven), [text, unproven])
  return (
    <div className="answer">
      {blocks.map((block, index) =>
        // Blocks only ever grow at the end, so the position is a stable key.
        // oxlint-disable-next-line react/no-array-index-key
        block.kind === 'list' ? <ul key={index}>{block.items.map((item, at) => <li key={at}><Spans of={item} /></li>)}</ul> : <p key={index}><Spans of={block.spans} /></p>,
      )}
    </div>
  )
}

function Spans({ of }: { readonly of: readonly Span[] }): ReactNode {
  // oxlint-disable-next-line react/no-array-index-key
  return of.map((span, index) => <Fragment key={index}>{render(span)}</Fragment>)
}

function render({ kind, text }: Span): ReactNode {
  if (kind === 'bold') return <strong>{text}</strong>
  if (kind === 'code') return <code>{text}</code>
  if (kind === 'unproven') return <mark title="No tool result contains this figure">{text}<span className="unproven"> unproven</span></mark>
  return text
}
