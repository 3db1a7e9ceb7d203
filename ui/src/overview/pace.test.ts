import { describe, expect, it } from 'vitest'
import { DAY_MINUTES, MONTH_MINUTES, atPace, barLength } from './pace'

const usd = (amount: string) => ({ amount, currency: 'USD' })

describe('pace', () => {
  it.each([
    ['1', 60, DAY_MINUTES, '24'],
    ['0.000001', 15, MONTH_MINUTES, '0.00288'],
    ['0', 15, DAY_MINUTES, '0'],
    ['1', 7, DAY_MINUTES, '205.714285714285'],
    ['123456789012.123456789', 1440, DAY_MINUTES, '123456789012.123456789'],
  ])('of %s in %i minutes over %i is %s', (amount, known, minutes, want) => expect(atPace(usd(amount), known, minutes)).toEqual(usd(want)))
  it('is not known where no minute is', () => expect(atPace(usd('1'), 0, DAY_MINUTES)).toBeNull())
})

describe('a bar', () => {
  it.each([['1', '4', 0.25], ['4', '1', 1], ['-1', '4', 0], ['1', '0', 0], ['0', '0', 0]])('%s of %s is %d long', (part, whole, want) => expect(barLength(part, whole)).toBe(want))
})
