import { describe, expect, it } from 'vitest'
import { accountedFor, lossOf } from './accounting'
import { formatBytes, formatExactBytes, formatShare } from './bytes'
import { magnitude, parseDecimal, roundTo, sum, toText } from './decimal'
import { formatExactMoney, formatMoney, roundTogether } from './money'
import { displayName } from './name'
import { pathClass } from './paths'
import { formatDuration, formatMoment, formatRange, formatSecond } from './time'

describe('bytes', () => {
  it.each([
    [0, '0 B'], [1023, '1023 B'], [1024, '1 KiB'], [1536, '1.5 KiB'], [1_048_575, '1 MiB'],
    [4_520_123_123, '4.21 GiB'], ['9007199254740993', '8 PiB'], [130_000_000_000, '121.1 GiB'],
  ] as const)('%s is %s', (wire, text) => expect(formatBytes(wire)).toBe(text))
  it('keeps every digit above 2^53', () => expect(formatExactBytes('9007199254740993')).toBe('9,007,199,254,740,993 B'))
  it('never rounds a share up to the whole', () => {
    expect(formatShare(99_999n, 100_000n)).toBe('99.99 %')
    expect(formatShare(100n, 100n)).toBe('100 %')
    expect(formatShare(1n, 1_000_000n)).toBe('< 0.01 %')
    expect(formatShare(0n, 0n)).toBe('0 %')
  })
})

describe('money', () => {
  it.each([
    ['0', '$0'], ['0.00421912', '$0.004219'], ['0.5', '$0.50'], ['1.4076154', '$1.41'], ['12.3', '$12.30'], ['999.96', '$1,000'],
    ['123.45', '$123'], ['123.56', '$124'], ['99.996', '$100'], ['7.727', '$7.73'], ['1234.5', '$1,234'], ['12345', '$12.34k'], ['9999.6', '$10.00k'], ['1234567', '$1.235M'], ['0.0000000001', '< $0.000001'],
    ['-0.5', '-$0.50'], ['9.99996', '$10.00'],
  ] as const)('%s is %s', (amount, text) => expect(formatMoney({ amount, currency: 'USD' })).toBe(text))
  it('names currencies without a sign', () => expect(formatMoney({ amount: '2', currency: 'CHF' })).toBe('2.00 CHF'))
  it('keeps the exact amount', () => expect(formatExactMoney({ amount: '0.1234567890123456789', currency: 'USD' })).toBe('0.1234567890123456789 USD'))
  it('refuses what is no amount', () => expect(() => parseDecimal('1e9')).toThrow(/not a decimal/))
  it('adds exactly what floats cannot', () => expect(toText(sum(['0.1', '0.2', '-0.05'].map(parseDecimal)))).toBe('0.25'))
  it('rounds half to even', () => {
    expect(roundTo(parseDecimal('0.125'), 2)).toBe(12n)
    expect(roundTo(parseDecimal('0.135'), 2)).toBe(14n)
    expect(roundTo(parseDecimal('-0.125'), 2)).toBe(-12n)
  })
  it('knows the first significant digit', () => {
    expect(magnitude(parseDecimal('0.00421'))).toBe(-3)
    expect(magnitude(parseDecimal('1234'))).toBe(3)
  })
  it('rounds lines so that they add up to the rounded total', () => {
    // A thousand receipts from a fixed generator: no chance in a test.
    let seed = 7
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let receipt = 0; receipt < 1000; receipt++) {
      const lines = Array.from({ length: 1 + next(6) }, () => parseDecimal(`${next(3)}.${String(next(1e9)).padStart(9, '0')}`))
      const total = sum(lines)
      const shown = roundTogether(lines, total, 4)
      expect(sum(shown.map(parseDecimal))).toEqual({ units: roundTo(total, 4), scale: 4 })
      for (const [index, text] of shown.entries()) {
        const off = sum([parseDecimal(text), { units: -(lines[index]?.units ?? 0n), scale: lines[index]?.scale ?? 0 }])
        expect(Math.abs(Number(toText(off)))).toBeLessThanOrEqual(0.0001)
      }
    }
  })
})

describe('names', () => {
  it('cuts by what people see as one letter', () => expect(displayName('👩‍👩‍👧‍👦'.repeat(5), 3)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…'))
  it('replaces what deceives', () => {
    expect(displayName('a\u202Eb\u200bc\nd\u0000')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd')
    expect(displayName('x'.repeat(4096), 64)).toHaveLength(64)
  })
  it('says so where there is none', () => expect(displayName('  ')).toBe('(no name)'))
})

describe('paths', () => {
  it('reads the kind out of a whole path', () => expect(pathClass('nat:nat-0a1@use1-az1?').id).toBe('nat'))
  it('keeps the name of a kind that it does not know', () => expect(pathClass('carrier-pigeon')).toMatchObject({ label: 'carrier-pigeon', token: '--path-unknown' }))
})

describe('time', () => {
  it('names the day only where it must', () => {
    expect(formatRange('2026-11-23T09:31:00Z', '2026-11-23T10:31:00Z', 'UTC')).toBe('09:31 to 10:31 UTC')
    expect(formatRange('2026-11-22T10:31:00Z', '2026-11-23T10:31:00Z', 'UTC')).toBe('2026-11-22 10:31 to 2026-11-23 10:31 UTC')
  })
  it('is told in the zone asked for, by the day it is there', () => {
    expect(formatSecond('2026-11-23T23:31:07Z', 'Europe/Berlin')).toBe('2026-11-24 00:31:07 CET')
    expect(formatMoment('2026-11-23T23:31:00Z', 'Asia/Kolkata')).toBe('2026-11-24 05:01 GMT+5:30')
    expect(formatRange('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', 'Europe/Berlin'), 'the night that the clock goes back').toBe('02:30 CEST to 02:30 CET')
  })
  it.each([[42, '42 s'], [420, '7 min'], [11_100, '3 h 5 min'], [187_200, '2 d 4 h']] as const)('%i s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))
})

describe('accounted for', () => {
  const version = { bytes: 10_000, unknownBytes: 1 }
  it('counts losses as not accounted for', () => {
    expect(accountedFor({ version, lostBytes: 0 })).toBe('99.99 % accounted for')
    expect(accountedFor({ version, lostBytes: 10_000 })).toBe('49.99 % accounted for')
  })
  it('is an upper bound where a loss has no known size', () => expect(accountedFor({ version, lostBytes: null })).toBe('at most 99.99 % accounted for'))
  it('tells a loss without a size from a measured one and from none', () => {
    expect([null, undefined, 0, '0', 2048, '9007199254740993'].map(lossOf)).toEqual(['unsized', 'unsized', 'none', 'none', 'some', 'some'])
  })
  it('says so where only some namespaces may be seen', () => expect(accountedFor({ version: { bytes: null, unknownBytes: null }, lostBytes: 0 })).toBe('your namespaces'))
  it('is not 100 % of nothing', () => expect(accountedFor({ version: { bytes: 0, unknownBytes: 0 }, lostBytes: 0 })).toBe('no traffic'))
})
