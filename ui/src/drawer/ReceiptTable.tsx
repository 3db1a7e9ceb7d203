import type { ReactNode } from 'react'
import type { TransferQuery } from '../gql/graphql'
import { formatBytes, toBytes } from '../lib/bytes'
import { formatExactMoney, withCurrency } from '../lib/money'
import { displayName } from '../lib/name'
import { Bytes } from '../ui/figures'
import { addReceipt } from './receipt'

type Detail = NonNullable<TransferQuery['transfer']>
type Charge = Detail['charges'][number]

/** Why this costs what it costs: bytes x rate per line, with rule and price source; the lines add up. */
export function ReceiptTable({ charges, cost }: { readonly charges: Detail['charges']; readonly cost: Detail['transfer']['cost'] }): ReactNode {
  if (charges.length === 0) return <p className="quiet">No charge line applies to this transfer.</p>
  const receipt = addReceipt(charges.map(({ amount }) => ({ amount })), cost)
  return (
    <table className="receipt">
      <caption className="hidden">Charge lines</caption>
      <thead><tr><th scope="col">Charge</th><th scope="col" className="numeric">Amount</th></tr></thead>
      <tbody>
        {charges.map((charge, index) => (
          <tr key={`${charge.code} ${charge.operation} ${charge.payer} ${charge.rule} ${charge.tier} ${charge.priceRow}`} data-amount={charge.amount.amount}>
            <td><ChargeText charge={charge} /></td>
            <td className="numeric figure" title={formatExactMoney(charge.amount)}>
              {charge.unpricedReason === '' ? withCurrency(receipt?.amounts[index] ?? charge.amount.amount, charge.amount.currency) : 'no price'}
            </td>
          </tr>
        ))}
      </tbody>
      {receipt && (
        <tfoot>
          <tr data-total={receipt.exactTotal} data-cost={cost.amount}>
            <th scope="row">
              Total
              {receipt.difference === null
                ? <span className="ok"> The lines add up exactly.</span>
                : <span className="bad"> The lines differ from the transfer's cost by {receipt.difference} {cost.currency}.</span>}
            </th>
            <td className="numeric figure" title={`${receipt.exactTotal} ${cost.currency}`}>{withCurrency(receipt.total, cost.currency)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function ChargeText({ charge }: { readonly charge: Charge }): ReactNode {
  const unit = formatBytes(toBytes(charge.unitBytes)).replace(/^1 /, '')
  return (
    <>
      <b className="code">{displayName(charge.code)}</b>
      <span><Bytes of={charge.bytes} /> × {withCurrency(charge.rate.amount, charge.rate.currency)} per {unit}{charge.tier !== '' && `, ${displayName(charge.tier)}`}</span>
      <span className="quiet">rule {displayName(charge.rule)}, charged to the {displayName(charge.payer)}{charge.operation !== '' && `, ${displayName(charge.operation)}`}{charge.pathAssumed && ', path assumed'}</span>
      {charge.unpricedReason === ''
        ? <span className="quiet">price {displayName(charge.priceRow)}: {displayName(charge.priceSource, 160)}</span>
        : <span className="bad">no price: {displayName(charge.unpricedReason, 160)}</span>}
    </>
  )
}
