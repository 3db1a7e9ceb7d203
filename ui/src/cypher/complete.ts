import { FUNCTIONS, KEYWORDS, type GraphSchema } from './schema'

export interface Suggestion {
  readonly label: string
  readonly kind: 'label' | 'type' | 'property' | 'keyword' | 'function' | 'parameter' | 'variable'
}

export interface Completion {
  /** Offset at which the suggestions replace what was typed. */
  readonly from: number
  readonly suggestions: readonly Suggestion[]
}

const NOTHING: readonly string[] = []

/**
 * What can stand at the end of `before`, the statement up to the cursor; `whole` is the full text, from which
 * variables are known. Null where nothing is known. `asked` is true where a person asked for it by key.
 */
export function completionsAt(before: string, whole: string, schema: GraphSchema, asked: boolean): Completion | null {
  const property = /(\w+)\.(\w*)$/.exec(before)
  if (property) return listed(before, property[2], suggestions('property', propertiesOf(property[1] ?? '', whole, schema)))
  const parameter = /\$(\w*)$/.exec(before)
  if (parameter) return listed(before, parameter[1], suggestions('parameter', parametersOf(whole)))
  const type = /\[\s*\w*\s*:\s*(?:\w+\s*\|\s*)*(\w*)$/.exec(before)
  if (type) return listed(before, type[1], suggestions('type', Object.keys(schema.types)))
  const label = /\(\s*\w*\s*(?::\w+)*:(\w*)$/.exec(before)
  if (label) return listed(before, label[1], suggestions('label', Object.keys(schema.labels)))
  const key = /[([]\s*(\w+)?\s*(?::(\w+))?\s*\{(?:[^{}]*,)?\s*(\w*)$/.exec(before)
  if (key) return listed(before, key[3], suggestions('property', schema.labels[key[2] ?? ''] ?? schema.types[key[2] ?? ''] ?? propertiesOf(key[1] ?? '', whole, schema)))
  const word = /(\w*)$/.exec(before)?.[1] ?? ''
  if (word.length < 2 && !asked) return null
  return listed(before, word, [...suggestions('keyword', KEYWORDS), ...suggestions('function', FUNCTIONS), ...suggestions('variable', [...variablesOf(whole).keys()].filter((name) => name !== word))])
}

/** Names of the parameters of a statement, in order, each once. Texts and comments hold none. */
export function parametersOf(statement: string): string[] {
  const bare = statement.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
  return [...new Set([...bare.matchAll(/\$(\w+)/g)].flatMap((match) => match[1] ?? []))]
}

/** Variables with the label or the type that they are bound with, '' for none. */
function variablesOf(statement: string): Map<string, string> {
  return new Map([...statement.matchAll(/[([]\s*([A-Za-z_]\w*)\s*(?::\s*(\w+))?/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

function propertiesOf(variable: string, whole: string, schema: GraphSchema): readonly string[] {
  const bound = variablesOf(whole).get(variable) ?? ''
  const known = schema.labels[bound] ?? schema.types[bound]
  if (known) return known
  return [...new Set([...Object.values(schema.labels), ...Object.values(schema.types)].flat())].toSorted()
}

function suggestions(kind: Suggestion['kind'], labels: readonly string[] = NOTHING): Suggestion[] {
  return labels.map((label) => ({ label, kind }))
}

function listed(before: string, typed: string | undefined, all: readonly Suggestion[]): Completion | null {
  const found = all.filter((one) => one.label.toLowerCase().startsWith((typed ?? '').toLowerCase()))
  return found.length === 0 ? null : { from: before.length - (typed ?? '').length, suggestions: found }
}
