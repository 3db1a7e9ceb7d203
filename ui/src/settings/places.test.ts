import { expect, it } from 'vitest'
import { places } from './places'

it('tells addresses from names', () => {
  expect(places('203.0.113.0/24, 2001:db8::/32 ::1\napi.payments.example cafe.de,10.0.0.7')).toEqual({
    cidrs: ['203.0.113.0/24', '2001:db8::/32', '::1', '10.0.0.7'], hosts: ['api.payments.example', 'cafe.de'],
  })
})
