import type { ReactNode } from 'react'
import { displayName } from '../lib/name'
import { type Dash, pathClass } from '../lib/paths'

/** A path class as a short line in its colour and dash, with its name. */
export function PathMark({ path, via = '', assumed = false }: { readonly path: string; readonly via?: string; readonly assumed?: boolean }): ReactNode {
  const known = pathClass(path)
  return (
    <span className="path" title={`${known.meaning}${via === '' ? '' : `, ${displayName(via, 200)}`}${assumed ? '; assumed: no inventory told the way' : ''}`}>
      <PathLine token={known.token} dash={known.dash} /> {displayName(known.label, 48)}{assumed && <span className="quiet"> (assumed)</span>}
    </span>
  )
}

export function PathLine({ token, dash }: { readonly token: string; readonly dash: Dash }): ReactNode {
  const pattern = dash.period === 0 ? undefined : `${dash.period * dash.drawn * 0.6} ${dash.period * (1 - dash.drawn) * 0.6}`
  return (
    <svg className="pathline" width="26" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="25" y2="4" stroke={`var(${token})`} strokeWidth="4" strokeDasharray={pattern} />
    </svg>
  )
}
