import { describe, expect, it } from 'vitest'
import { lineName } from './lineName'
import { costRange } from './useStatement'

describe('the name of a line', () => {
  it.each([
    ['workload', false, 'w/lab/shop/Deployment/checkout', 'shop/checkout'],
    ['workload', false, 'w/lab/shop/Deployment/a%2Fb%252F', 'shop/a/b%2F'],
    ['workload', false, 'g/nat-a', 'gateway nat-a'],
    ['workload', true, 'idle', 'hours that nobody used'],
    ['workload', true, '', 'nobody saw who opened it'],
    ['workload', false, '', 'not known'],
    ['workload', false, 'n/lab/node-a/kubelet', 'node-a kubelet'],
    ['endpoint', false, 'e/s3/us-east-1/s3', 's3'],
    ['day', false, '2026-11-23T00:00:00Z', '2026-11-23'],
    ['code', false, '', 'on no bill'],
  ] as const)('%s, causer %s, %s', (by, causer, value, want) => expect(lineName(by, causer, value)).toBe(want))
})

describe('the window of costs', () => {
  const range = { from: '2026-11-23T09:31:00Z', to: '2026-11-23T10:31:00Z' }
  it('is the view’s', () => expect(costRange(range, false)).toEqual(range))
  it('begins with the month', () => expect(costRange(range, true)).toEqual({ from: '2026-11-01T00:00:00Z', to: range.to }))
  it('is of the month that its last minute is in', () => expect(costRange({ from: '2026-11-30T23:00:00Z', to: '2026-12-01T00:00:00Z' }, true).from).toBe('2026-11-01T00:00:00Z'))
})
