import { describe, expect, it } from 'vitest'
import { toCsv } from './csv'

const cell = (text: string): string => toCsv(['a'], [[text]]).slice(3, -2)

describe('CSV', () => {
  it('has a heading and ends its lines as RFC 4180 says', () => expect(toCsv(['a', 'b'], [['x', 1], [null, 2n]])).toBe('a,b\r\nx,1\r\n,2\r\n'))
  it.each([['a,b', '"a,b"'], ['say "hi"', '"say ""hi"""'], ['a\nb', '"a\nb"'], ['🛒 cart', '🛒 cart']])('quotes %o', (text, shown) => expect(cell(text)).toBe(shown))
  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', ' =cmd|calc', '\uff1d1', "=HYPERLINK('http://x')"])('disarms the formula %o', (text) => expect(cell(text).replace(/^"/, '')).toBe(`'${text}`))
  it.each(['-12.5', '0', '3.000000000000000000001'])('leaves the number %o alone', (text) => expect(cell(text)).toBe(text))
  it('disarms headings too', () => expect(toCsv(['=a'], [])).toBe("'=a\r\n"))
})
