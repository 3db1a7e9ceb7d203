import { describe, expect, it } from 'vitest'
import { completionsAt, parametersOf } from './complete'
import { SCHEMA } from './schema'

/** What is suggested at the bar. */
const at = (text: string, asked = false): string[] => {
  const [before = '', after = ''] = text.split('|')
  return completionsAt(before, before + after, SCHEMA, asked)?.suggestions.map((one) => one.label) ?? []
}

describe('completion', () => {
  it.each([
    ['MATCH (a:|', 'CloudEndpoint'], ['MATCH (a:W|', 'Workload'], ['MATCH (:|', 'Entity'], ['MATCH (a)-[t:|', 'TRANSFERS'], ['MATCH (a)-[:TRANSFERS|ROLL', 'TRANSFERS'],
    ['MATCH (a:Workload) WHERE a.|', 'namespace'], ['MATCH (a)-[t:TRANSFERS]->(b) RETURN t.tot|', 'totalCostNano'], ['MATCH (a:Workload {na|', 'name'], ['MATCH (a {|', 'id'],
    ['MAT|', 'MATCH'], ['MATCH (a) RETURN co|', 'count'], ['MATCH (someone) RETURN some|', 'someone'], ['MATCH (a {id: $no|}) WHERE a.x = $node', 'node'],
  ])('at %s knows %s', (text, label) => expect(at(text)).toContain(label))
  it('keeps to the properties of the label', () => expect(at('MATCH (d:Deployment) RETURN d.|')).not.toContain('totalBytes'))
  it('says nothing unasked after a blank', () => expect([at('MATCH |'), at('MATCH |', true).includes('WHERE')]).toEqual([[], true]))
  it('begins where the word begins', () => expect(completionsAt('MATCH (a:Wor', 'MATCH (a:Wor', SCHEMA, false)?.from).toBe(9))
})

describe('parameters', () => {
  it('are found once, in order', () => expect(parametersOf('MATCH (a {id: $node}) WHERE $via = "" OR a.x = $node RETURN $limit')).toEqual(['node', 'via', 'limit']))
  it('are none in texts and comments', () => expect(parametersOf("RETURN '$a \\' $b', \"$c\" // $d\n/* $e */")).toEqual([]))
})
