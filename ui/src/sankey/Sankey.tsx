import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { lineName } from '../costs/lineName'
import { formatMoney } from '../lib/money'
import { displayName } from '../lib/name'
import { pathClass } from '../lib/paths'
import type { CostGroup } from '../lib/view'
import { shareOf } from '../map/MapToolbar'
import { type FlowNode, OTHERS, type Part, flowOf } from './flow'
import { type Box, HEIGHT, type Ribbon, WIDTH, layOut } from './layout'

interface Props {
  readonly parts: readonly Part[]
  readonly currency: string
  readonly total: string
  /** What the first column is. */
  readonly who: CostGroup
  readonly causer: boolean
  /** Opens what is behind a value of a column. */
  readonly onOpen: (group: CostGroup, value: string) => void
}

const MOST = [9, 8, 8] as const
const LONGEST = 34

/** Whose money goes by which way to which charge code. Each ribbon can be reached by keyboard and says what it is. */
export function Sankey({ parts, currency, total, who, causer, onOpen }: Props): ReactNode {
  const flow = useMemo(() => flowOf(parts, MOST), [parts])
  const { boxes, ribbons } = useMemo(() => layOut(flow), [flow])
  const [lit, setLit] = useState<string | null>(null)
  const groups: readonly CostGroup[] = [who, 'path', 'code']
  const nameOf = (node: FlowNode): string => {
    if (node.value === OTHERS) return 'all others'
    if (node.column !== 1) return lineName(groups[node.column] ?? who, causer, node.value)
    const [kind, via] = node.value.split(':')
    return `${kind === '' ? 'no way' : pathClass(node.value).label}${via === undefined ? '' : ` ${via}`}`
  }
  const amountOf = (amount: string): string => formatMoney({ amount, currency })
  const textOf = (ribbon: Ribbon): string => `${displayName(nameOf(ribbon.from), 60)} to ${displayName(nameOf(ribbon.to), 60)}: ${amountOf(ribbon.amount)}, ${shareOf(ribbon.amount, total)} of the cost`
  const open = (node: FlowNode): void => { if (node.value !== OTHERS) onOpen(groups[node.column] ?? who, node.value) }
  if (boxes.length === 0) return <p className="quiet sankey-empty">Nothing in this window costs anything.</p>
  return (
    <figure className="sankey">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label="Where the money goes: from whom, by which way, to which charge code">
        {ribbons.map((ribbon) => (
          <g
            key={`${ribbon.source}\u0001${ribbon.target}`} role="button" tabIndex={0} aria-label={textOf(ribbon)}
            className={lit === null || lit === ribbon.source || lit === ribbon.target ? 'ribbon' : 'ribbon dim'}
            onClick={() => open(ribbon.from)} onKeyDown={(event) => onEnter(event, () => open(ribbon.from))}
            onFocus={() => setLit(null)}
          >
            <title>{textOf(ribbon)}</title>
            <path d={ribbon.path} strokeWidth={ribbon.width} stroke={`var(${pathClass((ribbon.from.column === 1 ? ribbon.from : ribbon.to).value).token})`} />
          </g>
        ))}
        {boxes.map((box) => (
          <g
            key={box.id} role="button" tabIndex={0} className={box.value === OTHERS ? 'box rest' : 'box'}
            aria-label={`${displayName(nameOf(box), LONGEST)}: ${amountOf(box.amount)}, ${shareOf(box.amount, total)} of the cost`}
            onClick={() => open(box)} onKeyDown={(event) => onEnter(event, () => open(box))}
            onMouseEnter={() => setLit(box.id)} onMouseLeave={() => setLit(null)} onFocus={() => setLit(box.id)} onBlur={() => setLit(null)}
          >
            <title>{displayName(nameOf(box), 500)}</title>
            <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="2" />
            <Label box={box} name={displayName(nameOf(box), LONGEST)} amount={amountOf(box.amount)} share={shareOf(box.amount, total)} />
          </g>
        ))}
      </svg>
      <details className="small">
        <summary>As a table</summary>
        <table className="table small">
          <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col" className="numeric">Cost</th><th scope="col" className="numeric">Share</th></tr></thead>
          <tbody>
            {ribbons.map((ribbon) => (
              <tr key={`${ribbon.source}\u0001${ribbon.target}`}>
                <td>{displayName(nameOf(ribbon.from), 60)}</td><td>{displayName(nameOf(ribbon.to), 60)}</td>
                <td className="numeric">{amountOf(ribbon.amount)}</td><td className="numeric">{shareOf(ribbon.amount, total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** The first column's names stand left of their boxes, the others' right. */
function Label({ box, name, amount, share }: { readonly box: Box; readonly name: string; readonly amount: string; readonly share: string }): ReactNode {
  const left = box.column === 0
  const x = left ? box.x - 8 : box.x + box.width + 8
  const y = box.y + box.height / 2
  return (
    <text x={x} y={y} textAnchor={left ? 'end' : 'start'}>
      <tspan x={x} dy="-0.15em">{name}</tspan>
      <tspan x={x} dy="1.25em" className="quiet">{amount} · {share}</tspan>
    </text>
  )
}

function onEnter(event: KeyboardEvent, act: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  act()
}
