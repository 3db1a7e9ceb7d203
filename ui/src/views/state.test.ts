import { describe, expect, it } from 'vitest'
import { pathAndSearch } from './state'

describe('a kept view', () => {
  it('is a path with its parameters', () => expect(pathAndSearch('/map?w=6h&sel=n:w/a')).toEqual({ path: '/map', search: { w: '6h', sel: 'n:w/a' } }))
  it.each(['', 'map', 'https://evil.example/', '//evil.example/map', '/\\evil.example', 'javascript:alert(1)'])('is not %o', (state) => expect(pathAndSearch(state)).toBeNull())
})
