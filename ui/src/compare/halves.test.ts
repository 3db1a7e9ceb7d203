import { describe, expect, it } from 'vitest'
import { halvesOf } from './halves'

const to = '2026-11-23T10:15:00Z'

describe('the halves of what is known', () => {
  it('are the newest minutes and as many before them', () => {
    expect(halvesOf({ foldedMinutes: 0 }, { to, foldedMinutes: 9 })).toEqual({ minutes: 4, range: { from: '2026-11-23T10:11:00Z', to } })
  })
  it('are not offered where the window before is known, or one minute is all there is', () => {
    expect(halvesOf({ foldedMinutes: 3 }, { to, foldedMinutes: 9 })).toBeNull()
    expect(halvesOf({ foldedMinutes: 0 }, { to, foldedMinutes: 1 })).toBeNull()
  })
})
