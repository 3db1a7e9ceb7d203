import type { ReactNode } from 'react'
import type { TransferQuery } from '../gql/graphql'
import { formatExactMoney, withCurrency } from '../lib/money'
import { displayName } from '../lib/name'
import { Bytes } from '../ui/figures'
import { chargeTitle, isFree, payerText, tierText, unitText } from './charge'
import { addReceipt } from './receipt'

type Detail = NonNullable<TransferQuery['transfer']>
type Charge = Detail['charges'][number]

/** Why this costs what it costs: bytes x rate per line, with rule and price source; the lines add up. */
export function ReceiptTable({ charges, transfer: { cost, path } }: { readonly charges: Detail['charges']; readonly transfer: Detail['transfer'] }): ReactNode {
  if (charges.length === 0) return <p className="quiet">No charge line applies to this transfer.</p>
  const receipt = addReceipt(charges.map(({ amount }) => ({ amount })), cost)
  return (
    <table className="receipt">
      <caption className="hidden">Charge lines</caption>
      <thead><tr><th scope="col">Charge</th><th scope="col" className="numeric">Amount</th></tr></thead>
      <tbody>
        {charges.map((charge, index) => (
          <tr key={`${charge.code} ${charge.operation} ${charge.payer} ${charge.rule} ${charge.tier} ${charge.priceRow}`} data-amount={charge.amount.amount}>
            <td><div className="charge"><ChargeText charge={charge} path={path} /></div></td>
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

function ChargeText({ charge, path }: { readonly charge: Charge; readonly path: string }): ReactNode {
  if (isFree(charge)) {
    return (
      <>
        <b>{chargeTitle(charge)}</b>
        <span className="quiet"><Bytes of={charge.bytes} />, no charge for this part of the way{charge.pathAssumed && ', way assumed'}</span>
      </>
    )
  }
  return (
    <>
      <span><b className="code">{chargeTitle(charge)}</b>{charge.operation !== '' && <span className="quiet"> {displayName(charge.operation)}</span>}</span>
      {charge.unpricedReason === ''
        ? <span><Bytes of={charge.bytes} /> × {withCurrency(charge.rate.amount, charge.rate.currency)} per {unitText(charge.unitBytes)}{tierText(charge.tier)}</span>
        : <span><Bytes of={charge.bytes} />: {displayName(charge.unpricedReason, 160)}</span>}
      <span className="quiet">{charge.rule !== '' && `rule ${displayName(charge.rule)}, `}{payerText(charge.payer, path)}{charge.pathAssumed && ', way assumed'}</span>
      {charge.priceRow !== '' && <span className="quiet">price {displayName(charge.priceRow)}, from {displayName(charge.priceSource, 160)}</span>}
    </>
  )
}
