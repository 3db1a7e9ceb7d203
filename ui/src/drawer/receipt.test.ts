import { describe, expect, it } from 'vitest'
import { chargeTitle, isFree, payerText, tierText, unitText } from './charge'
import { addReceipt } from './receipt'

const line = (amount: string, currency = 'USD') => ({ amount: { amount, currency } })

describe('a receipt', () => {
  it('shows lines that add up to the shown total', () => {
    expect(addReceipt([line('0.00333333'), line('0.00333333'), line('0.00333334')], { amount: '0.01', currency: 'USD' })).toEqual({
      amounts: ['0.00333', '0.00333', '0.00334'], total: '0.01000', exactTotal: '0.01', difference: null,
    })
  })
  it('tells by how much it misses the cost', () => {
    expect(addReceipt([line('0.5')], { amount: '0.75', currency: 'USD' })?.difference).toBe('-0.25')
  })
  it('has no sum over different currencies', () => {
    expect(addReceipt([line('1'), line('1', 'EUR')], { amount: '1', currency: 'USD' })).toBeNull()
  })
})

describe('a charge line', () => {
  const charge = { payer: 'gateway', code: 'NatGateway-Bytes', rule: 'A13', tier: '1', unitBytes: 1_073_741_824, unpricedReason: '' }
  const free = { ...charge, payer: 'none', code: '', rule: 'A12', tier: '', unitBytes: 0 }
  it('is headed by its code, or says that it is free and by which rule', () => {
    expect(chargeTitle(charge)).toBe('NatGateway-Bytes')
    expect([isFree(charge), isFree(free), chargeTitle(free)]).toEqual([false, true, 'Free by rule A12'])
  })
  it('is not free where it only has no price', () => {
    const unpriced = { ...free, rule: '', unpricedReason: 'an end of the transfer is unknown' }
    expect([isFree(unpriced), chargeTitle(unpriced)]).toEqual([false, 'Without price'])
  })
  it.each([
    ['source', 'vpc', 'paid by the owner of the sender'], ['destination', 'vpc', 'paid by the owner of the receiver'], ['gateway', 'nat:nat-0a', 'paid by the owner of the NAT gateway'],
    ['gateway', 'internet-gateway', 'paid by the owner of the gateway'], ['none', 'vpc', 'nobody pays for it'], ['<b>', 'vpc', 'paid by: <b>'],
  ])('%s of %s is %s', (payer, path, text) => expect(payerText(payer, path)).toBe(text))
  it.each([['', ''], ['1', ', tier 1'], ['first 10 TB', ', first 10 TB']])('tier %o reads %o', (tier, text) => expect(tierText(tier)).toBe(text))
  it.each([[1_073_741_824, 'GiB'], [1_000_000_000, 'GB'], [1, 'B']])('%i bytes are the unit %s', (bytes, text) => expect(unitText(bytes)).toBe(text))
})
