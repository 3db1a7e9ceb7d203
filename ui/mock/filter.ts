import { GraphQLError } from 'graphql'
import type * as api from './gen/schema'
import type { MockEdge, World } from './world'

const FIELDS: Record<string, (edge: MockEdge) => readonly string[]> = {
  path: (edge) => [edge.row.path],
  namespace: (edge) => [edge.source.namespace, edge.destination.namespace],
  name: (edge) => [edge.source.name, edge.destination.name],
  kind: (edge) => [edge.source.kind.toLowerCase(), edge.destination.kind.toLowerCase()],
}

/** The edges that a filter means: of the language, the mock knows FIELD=VALUE, side by side. */
export function filtered(world: World, filter: string | null | undefined): readonly MockEdge[] {
  const conditions = (filter ?? '').split(/\s+/).filter(Boolean).map((text) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? []
    const field = FIELDS[name]
    if (!field) throw new GraphQLError(`there is no field "${text}" at letter 1 of the filter`, { extensions: { code: 'BAD_INPUT', hint: `Fields are ${Object.keys(FIELDS).join(', ')}.` } })
    return (edge: MockEdge) => field(edge).includes(value)
  })
  return world.edges.filter((edge) => conditions.every((holds) => holds(edge)))
}

/** Fields, then values of the field before the cursor. */
export function completions(world: World, { text, cursor }: api.QueryFilterCompletionsArgs): api.FilterCompletions {
  const at = cursor ?? text.length
  const word = /\S*$/.exec(text.slice(0, at))?.[0] ?? ''
  const [name = '', value] = word.split('=')
  const field = FIELDS[name]
  const found = value === undefined
    ? Object.keys(FIELDS).filter((one) => one.startsWith(name)).map((one): api.FilterCompletion => ({ text: `${one}=`, kind: 'FIELD', doc: `the ${one} of the transfer or of an end` }))
    : [...new Set(world.edges.flatMap((edge) => field?.(edge) ?? []))].filter((one) => one !== '' && one.startsWith(value)).map((one): api.FilterCompletion => ({ text: one, kind: 'VALUE', doc: '' }))
  const whole = text.trim() === '' || text.trim().split(/\s+/).every((one) => /^(path|namespace|name|kind)=./.test(one))
  return { canonical: whole ? text.trim() : null, problem: whole ? null : { message: `"${word}" is no condition`, hint: 'Write FIELD=VALUE.', offset: at - word.length, length: word.length }, from: at - (value ?? word).length, to: at, completions: found }
}
