import { parametersOf } from './complete'

export interface Shipped {
  readonly name: string
  readonly title: string
  readonly statement: string
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly meaning: string; readonly default: unknown }>
}

/** One field of the form above the Run button. */
export interface Field {
  readonly name: string
  readonly meaning: string
  readonly initial: string
  /** True where a shipped query says that the value is a text, whatever it looks like. */
  readonly isText: boolean
}

/** What the API gives a statement about a window: nobody fills them in. */
const GIVEN: ReadonlySet<string> = new Set(['transfers', 'version'])

/** The fields of a statement; those of a shipped one have its meanings and defaults. */
export function fieldsOf(statement: string, shipped: readonly Shipped[]): Field[] {
  const known = shipped.find((one) => one.statement === statement)
  return parametersOf(statement).filter((name) => !(GIVEN.has(name) && statement.includes('$transfers'))).map((name) => {
    const parameter = known?.parameters.find((one) => one.name === name)
    return { name, meaning: parameter?.meaning ?? '', initial: parameter === undefined ? '' : String(parameter.default), isText: typeof parameter?.default === 'string' }
  })
}

/** The values as the API takes them: a JSON object, '' where there are none. */
export function encodeParameters(fields: readonly Field[], values: Readonly<Record<string, string>>): string {
  if (fields.length === 0) return ''
  return JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, valueOf(field, values[field.name] ?? field.initial)])))
}

/** The values of a link, as texts for the fields; none where they are malformed. */
export function decodeParameters(json: string): Record<string, string> {
  const object = parseParameters(json)
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))
}

export function parseParameters(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json === '' ? '{}' : json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function valueOf({ isText }: Field, text: string): string | number | boolean {
  if (isText) return text
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text)
  return text === 'true' || text === 'false' ? text === 'true' : text
}
