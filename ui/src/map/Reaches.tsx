import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../lib/bytes'
import { Bytes, Money } from '../ui/figures'
import { reaches } from './inZones'
import type { GraphTransfer } from './useGraph'

interface Props {
  readonly transfers: readonly GraphTransfer[]
}

/** What crosses the boxes that are drawn: exact sums of what is shown, by how far the bytes go. */
export function Reaches({ transfers }: Props): ReactNode {
  const rows = useMemo(() => reaches(transfers), [transfers])
  const [zones, regions] = [new Set(transfers.flatMap((row) => [row.sourceZone, row.destinationZone]).filter(Boolean)).size, new Set(transfers.flatMap((row) => [row.sourceRegion, row.destinationRegion]).filter(Boolean)).size]
  return (
    <section className="reaches" aria-label="Across zones and regions">
      <table className="table small">
        <caption className="quiet">{formatCount(zones)} {zones === 1 ? 'zone' : 'zones'}, {formatCount(regions)} {regions === 1 ? 'region' : 'regions'}: what crosses stands out</caption>
        <tbody>
          {rows.map(({ reach, label, sums }) => (
            <tr key={reach} className={reach === 'zones' || reach === 'regions' ? 'crossing' : undefined}>
              <th scope="row">{label}</th>
              <td className="numeric"><Bytes of={sums.bytes} /></td>
              <td className="numeric"><Money of={sums.cost} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
