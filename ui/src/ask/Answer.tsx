import { Fragment, type ReactNode, useMemo } from 'react'
import { FigureChip } from './FigureChip'
import type { Piece, Turn } from './conversation'
import { type Span, parseAnswer } from './markdown'

/** An answer as text. What the model writes is never HTML; only the service's own figures and causes can be opened. */
export function Answer({ turn, onEvidence }: { readonly turn: Pick<Turn, 'text' | 'pieces'>; readonly onEvidence: (call: string) => void }): ReactNode {
  const blocks = useMemo(() => parseAnswer(turn.text, turn.pieces), [turn.text, turn.pieces])
  return (
    <div className="answer">
      {blocks.map((block, index) =>
        // Blocks only ever grow at the end, so the position is a stable key.
        // oxlint-disable-next-line react/no-array-index-key
        block.kind === 'list' ? <ul key={index}>{block.items.map((item, at) => <li key={at}><Spans of={item} onEvidence={onEvidence} /></li>)}</ul> : <p key={index}><Spans of={block.spans} onEvidence={onEvidence} /></p>,
      )}
    </div>
  )
}

function Spans({ of, onEvidence }: { readonly of: readonly Span[]; readonly onEvidence: (call: string) => void }): ReactNode {
  // oxlint-disable-next-line react/no-array-index-key
  return of.map((span, index) => <Fragment key={index}>{render(span, onEvidence)}</Fragment>)
}

function render(span: Span, onEvidence: (call: string) => void): ReactNode {
  switch (span.kind) {
    case 'bold':
      return <strong>{span.text}</strong>
    case 'code':
      return <code>{span.text}</code>
    case 'piece':
      return renderPiece(span.piece, onEvidence)
    default:
      return span.text
  }
}

function renderPiece(piece: Piece, onEvidence: (call: string) => void): ReactNode {
  switch (piece.kind) {
    case 'figure':
      return <FigureChip figure={piece.figure} onEvidence={onEvidence} />
    case 'cause':
      return <button type="button" className="chip cause" title="A cause that the engine found: open its evidence" onClick={() => onEvidence(piece.call)}>{piece.text}</button>
    default:
      return <mark title={piece.why}>{piece.text}<span className="unproven"> unproven</span></mark>
  }
}
