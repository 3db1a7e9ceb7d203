import { describe, expect, it } from 'vitest'
import { type Shipped, decodeParameters, encodeParameters, fieldsOf } from './parameters'

const SHIPPED: Shipped[] = [{ name: 'x', title: 'X', statement: 'MATCH (a {id: $node}) RETURN a LIMIT $limit', parameters: [{ name: 'node', meaning: 'its id', default: '7' }, { name: 'limit', meaning: 'how many', default: 20 }] }]

describe('parameters of a statement', () => {
  const fields = fieldsOf(SHIPPED[0]?.statement ?? '', SHIPPED)
  it('have the meanings and defaults of a shipped query', () => expect(fields.map(({ name, meaning, initial }) => [name, meaning, initial])).toEqual([['node', 'its id', '7'], ['limit', 'how many', '20']]))
  it('are texts or numbers as the query says', () => expect(encodeParameters(fields, { limit: '5' })).toBe('{"node":"7","limit":5}'))
  it('of an own statement are what they look like', () => expect(encodeParameters(fieldsOf('RETURN $a, $b, $c', []), { a: '12', b: 'x', c: 'true' })).toBe('{"a":12,"b":"x","c":true}'))
  it('are none where there are none', () => expect(encodeParameters(fieldsOf('RETURN 1', []), {})).toBe(''))
  it.each([['', {}], ['[1]', {}], ['{', {}], ['{"a":"x","n":3}', { a: 'x', n: '3' }]])('come back from a link: %o', (json, values) => expect(decodeParameters(json)).toEqual(values))
})
