import { describe, expect, it } from 'vitest'
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
