import type { ReactNode } from 'react'
import type { Initiator } from '../gql/graphql'

interface Direction {
  readonly glyph: string
  readonly word: string
  readonly meaning: string
}

/** Which end opened the connections. Bytes always go from the sender to the receiver. */
export const INITIATORS: Record<Initiator, Direction> = {
  SOURCE: { glyph: '↦', word: 'request', meaning: 'the sender opened the connections' },
  DESTINATION: { glyph: '↤', word: 'response', meaning: 'the receiver opened the connections' },
  UNKNOWN: { glyph: '?', word: 'unknown', meaning: 'not known which end opened the connections' },
}

/** The direction as a glyph with its word; what it means in the title and for screen readers. */
export function InitiatorMark({ of }: { readonly of: Initiator }): ReactNode {
  const { glyph, word, meaning } = INITIATORS[of]
  return (
    <span className="initiator" title={meaning}>
      <span aria-hidden="true" className="initiator-glyph">{glyph}</span> {word}<span className="hidden">, {meaning}</span>
    </span>
  )
}
