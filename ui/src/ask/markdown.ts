/** The very small markdown of answers: paragraphs, lists, headings as bold, `code`, **bold**. No HTML, links or images. */
export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: ReadonlyArray<readonly Span[]> }

export interface Span {
  readonly kind: 'text' | 'bold' | 'code' | 'unproven'
  readonly text: string
}

const ITEM = /^\s*(?:[-*]|\d+[.)])\s+/
const HEADING = /^#{1,6}\s+/

/** Parses an answer; each figure of `unproven` becomes a span of its own wherever it stands as a whole. */
export function parseAnswer(text: string, unproven: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (const chunk of text.split(/\n{2,}/)) {
    const lines = chunk.split('\n').filter((line) => line.trim() !== '')
    let plain: string[] = []
    let items: string[] = []
    const flush = (): void => {
      if (plain.length > 0) blocks.push({ kind: 'paragraph', spans: spans(plain.join(' '), unproven) })
      if (items.length > 0) blocks.push({ kind: 'list', items: items.map((item) => spans(item, unproven)) })
      plain = []
      items = []
    }
    for (const line of lines) {
      const isItem = ITEM.test(line)
      if (isItem ? plain.length > 0 : items.length > 0) flush()
      if (isItem) items.push(line.replace(ITEM, ''))
      else if (HEADING.test(line)) plain.push(`**${line.replace(HEADING, '')}**`)
      else plain.push(line)
    }
    flush()
  }
  return blocks
}

function spans(text: string, unproven: readonly string[]): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .flatMap((part): Span[] => {
      if (part.startsWith('**') && part.length > 4) return mark({ kind: 'bold', text: part.slice(2, -2) }, unproven)
      if (part.startsWith('`') && part.length > 2) return [{ kind: 'code', text: part.slice(1, -1) }]
      return mark({ kind: 'text', text: part }, unproven)
    })
}

function mark(span: Span, unproven: readonly string[]): Span[] {
  if (unproven.length === 0) return [span]
  const figures = unproven.toSorted((a, b) => b.length - a.length).map((figure) => figure.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // "12" is not marked inside "128" or "3.12".
  const pattern = new RegExp(`(?<![\\d.,])(${figures.join('|')})(?![\\d]|[.,]\\d)`)
  return span.text.split(pattern).filter((part) => part !== '').map((part) => (unproven.includes(part) ? { kind: 'unproven', text: part } : { ...span, text: part }))
}
