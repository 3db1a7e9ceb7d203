import type { ReactNode } from 'react'
import { CHANGES, directionOf, signedBytes, signedMoney } from '../compare/change'
import { partsOf } from '../lib/identity'
import { formatExactMoney } from '../lib/money'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import type { Mover } from './useOverview'

/** The largest changes against the window before; where nothing is known of that, what costs most. */
export function Movers({ rows, compared, onCompare, onPair }: { readonly rows: readonly Mover[]; readonly compared: boolean; readonly onCompare: () => void; readonly onPair: (source: string, destination: string) => void }): ReactNode {
  return (
    <section className="panel" aria-label={compared ? 'What changed' : 'What costs most'}>
      <h2>{compared ? 'What changed' : <>What costs most <span className="quiet">nothing to compare with yet</span></>}</h2>
      {rows.length === 0 && <p className="quiet">Nothing: every pair carried the same as before.</p>}
      <ol className={compared ? 'movers' : 'movers plain'}>
        {rows.map((row) => (
          <li key={row.group.join('|')}>
            {compared && <span className={`change ${CHANGES[row.change].kind}`} title={CHANGES[row.change].word}>{CHANGES[row.change].mark}</span>}
            <button type="button" className="link" onClick={() => onPair(row.group[0] ?? '', row.group[1] ?? '')}><Name of={nameOf(row.group[0])} longest={30} /> <span role="img" aria-label="to">→</span> <Name of={nameOf(row.group[1])} longest={30} /></button>
            {compared ? <b className={`figure ${directionOf(row.costChange.amount)}`} title={formatExactMoney(row.costChange)}>{signedMoney(row.costChange)}</b> : <b className="figure"><Money of={row.costChange} /></b>}
            <span className="figure quiet">{compared ? signedBytes(row.bytesChange) : <Bytes of={row.bytesChange} />}</span>
          </li>
        ))}
      </ol>
      {compared && <p><button type="button" className="button" onClick={onCompare}>Compare the two windows</button></p>}
    </section>
  )
}

/** The last part of a node's id: its name. */
function nameOf(id: string | undefined): string {
  return partsOf(id ?? '').at(-1) ?? ''
}
