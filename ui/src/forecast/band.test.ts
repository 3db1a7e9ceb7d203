import { describe, expect, it } from 'vitest'
import { monthOf, placesOf } from './band'

const usd = (amount: string) => ({ amount, currency: 'USD' })

describe('the band of a forecast', () => {
  it('is drawn up to the highest figure', () => expect(placesOf({ toDate: usd('2'), low: usd('5'), expected: usd('6'), high: usd('8') })).toEqual({ toDate: 0.25, low: 0.625, expected: 0.75, high: 1 }))
  it('is nothing where nothing is forecast', () => expect(placesOf({ toDate: usd('2'), low: null, expected: null, high: null })).toBeNull())
  it('stands at 0 where nothing costs anything', () => expect(placesOf({ toDate: usd('0'), low: usd('0'), expected: usd('0'), high: usd('0') })?.high).toBe(0))
})

describe('the month', () => {
  it('is named in UTC, and cut, never rounded up', () => expect(monthOf('2026-11-01T00:00:00Z', '2026-11-30T23:59:00Z', '2026-12-01T00:00:00Z')).toEqual({ name: 'November 2026', over: 99 }))
})
