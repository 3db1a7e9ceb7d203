import type { ReactNode } from 'react'
import { toBytes } from '../lib/bytes'
import { formatExactMoney, isNothing, withCurrency } from '../lib/money'
import { displayName } from '../lib/name'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import type { Statement } from './useStatement'

/** The totals: what bytes cost, what runs by the hour, and how much of it has no price. */
export function CostSums({ statement }: { readonly statement: Statement }): ReactNode {
  const { total, own, currency, pricingModes } = statement
  return (
    <>
      <section className="card wide" aria-label="Cost of bytes">
        <b className="big figure" title={formatExactMoney(total.amount)}>{withCurrency(total.shown, currency)}</b>
        <span>for <Bytes of={total.billedBytes} /> billed</span>
        <span className="quiet">{displayName(pricingModes.join(' and '))} prices</span>
      </section>
      <section className="card" aria-label="By the hour">
        <span>By the hour</span>
        <b className="figure" title={formatExactMoney(total.standing)}>{withCurrency(isNothing(total.standing.amount) ? '0' : total.standingShown, currency)}</b>
        <span className="quiet">ends when a gateway is deleted</span>
      </section>
      <section className="card" aria-label="Without price">
        <span>Without price</span>
        <b className={toBytes(total.unpricedBytes) > 0n ? 'figure up' : 'figure'}><Bytes of={total.unpricedBytes} /></b>
        <span className="quiet">{toBytes(total.unpricedBytes) > 0n ? 'the true cost is higher' : 'every byte has one'}</span>
      </section>
      <section className="card" aria-label="Egressor's own traffic">
        <span>Egressor itself</span>
        <b className="figure"><Money of={own.amount} /></b>
        <span className="quiet">a part of the total</span>
      </section>
    </>
  )
}

type Standing = Statement['standing'][number]

/** What costs by the hour, whole, with what nobody used. */
export function Hourly({ statement: { standing } }: { readonly statement: Statement }): ReactNode {
  if (standing.length === 0) return null
  return (
    <section className="screen">
      <h2>By the hour <span className="quiet">({standing.length})</span></h2>
      <SortableTable caption="What costs by the hour" columns={HOURLY} rows={standing} rowId={(row) => `${row.name} ${row.code}`} initial={{ column: 'cost', descending: true }} />
    </section>
  )
}

const HOURLY: ReadonlyArray<Column<Standing>> = [
  { id: 'name', label: 'Thing', sort: (row) => row.name, cell: (row) => <Name of={row.name} longest={40} /> },
  { id: 'code', label: 'Charge code', sort: (row) => row.code, cell: (row) => <span className="code">{displayName(row.code || 'on no bill')}</span> },
  { id: 'units', label: 'Units', numeric: true, sort: (row) => toBytes(row.units), cell: (row) => `${row.units} ${displayName(row.unitName)}` },
  { id: 'cost', label: 'Cost', numeric: true, sort: (row) => toBytes(row.cost.nano), cell: (row) => (row.unpricedReason === '' ? <Money of={row.cost} /> : <span className="quiet">{displayName(row.unpricedReason, 80)}</span>) },
  { id: 'idle', label: 'Of it idle', numeric: true, sort: (row) => toBytes(row.idle.nano), cell: (row) => <Money of={row.idle} /> },
  { id: 'bytes', label: 'Bytes through it', numeric: true, sort: (row) => toBytes(row.bytes), cell: (row) => <Bytes of={row.bytes} /> },
  { id: 'price', label: 'Price', cell: (row) => <span className="quiet">{row.priceRow !== '' && displayName(row.priceRow)}{row.assumed !== '' && `; ${displayName(row.assumed, 120)}`}</span> },
]
