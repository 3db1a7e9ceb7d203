import type { ReactNode } from 'react'
import { formatRange } from '../lib/time'
import type { Figure } from './conversation'

/** A figure that opens the tool's result it was read from. Its title says what exactly it is. */
export function FigureChip({ figure, onEvidence }: { readonly figure: Figure; readonly onEvidence: (call: string) => void }): ReactNode {
  if (figure.call === '') return <span className="chip" title="Recomputed from the figures beside it">{figure.text}</span>
  return <button type="button" className="chip" title={aboutFigure(figure)} onClick={() => onEvidence(figure.call)}>{figure.text}</button>
}

/** What a figure is, in one text: exact value, unit, window, version and how it was come by. */
export function aboutFigure(figure: Figure): string {
  const parts = [`exactly ${figure.exact} ${figure.unit}`.trim()]
  if (figure.calculation !== '') parts.push(`computed as ${figure.calculation}`)
  if (figure.window) parts.push(formatRange(figure.window.from, figure.window.to))
  if (figure.version !== null && figure.version !== undefined) parts.push(`v${figure.version}`)
  parts.push(figure.by === 'reference' ? `written from ${figure.reference}` : `found in ${figure.path}`)
  return parts.join(', ')
}
