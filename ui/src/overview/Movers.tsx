import type { ReactNode } from 'react'
import { CHANGES, directionOf, signedBytes, signedMoney } from '../compare/change'
import type { Halves } from '../compare/halves'
import { partsOf } from '../lib/identity'
import { formatExactMoney } from '../lib/money'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import type { Mover } from './useOverview'

interface Props {
  readonly rows: readonly Mover[]
  readonly compared: boolean
  /** What can be compared although nothing is known of the window before, null for nothing. */
  readonly halves: Halves | null
  readonly onCompare: (range: Halves['range'] | null) => void
  readonly onPair: (source: string, destination: string) => void
}

/** The largest changes against the window before; where nothing is known of that, what costs most. */
export function Movers({ rows, compared, halves, onCompare, onPair }: Props): ReactNode {
  return (
    <section className="panel" aria-label={compared ? 'What changed' : 'What costs most'}>
      <h2>{compared ? 'What changed' : <>What costs most <span className="quiet">nothing to compare with yet</span></>}</h2>
      {rows.length === 0 && <p className="quiet">Nothing: every pair carried the same as before.</p>}
      <ol className={compared ? 'movers' : 'movers plain'}>
        {rows.map((row) => (
          <li key={row.group.join('|')}>
            {compared && <span className={`change ${CHANGES[row.change].kind}`} title={CHANGES[row.change].word}>{CHANGES[row.change].mark}</span>}
            <button type="button" className="link" onClick={() => onPair(row.group[0] ?? '', row.group[1] ?? '')}><Name of={nameOf(row.group[0])} longest={30} /> <span role="img" aria-label="to">→</span> <Name of={nameOf(row.group[1])} longest={30} /></button>
            <span className="figure quiet">{compared ? signedBytes(row.bytesChange) : <Bytes of={row.bytesChange} />}</span>
            {compared ? <b className={`figure ${directionOf(row.costChange.amount)}`} title={formatExactMoney(row.costChange)}>{signedMoney(row.costChange)}</b> : <b className="figure"><Money of={row.costChange} /></b>}
          </li>
        ))}
      </ol>
      {compared && <p><button type="button" className="button" onClick={() => onCompare(null)}>Compare the two windows</button></p>}
      {halves && <p><button type="button" className="button" onClick={() => onCompare(halves.range)}>Compare the newest {halves.minutes} {halves.minutes === 1 ? 'minute with the one' : `minutes with the ${halves.minutes}`} before</button></p>}
    </section>
  )
}

/** A node's name, as the map has it: the last part of its id; of a machine (n/CLUSTER/NAME/UNIT) the one before. */
function nameOf(id: string | undefined): string {
  const parts = partsOf(id ?? '')
  return (parts[0] === 'n' ? parts[2] : parts.at(-1)) ?? ''
}
