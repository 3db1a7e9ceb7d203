import type { Piece } from './conversation'

/** The very small markdown of answers: paragraphs, lists, headings as bold, `code`, **bold**. No HTML, links or images. */
export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: ReadonlyArray<readonly Span[]> }

export type Span =
  | { readonly kind: 'text' | 'bold' | 'code'; readonly text: string }
  | { readonly kind: 'piece'; readonly piece: Piece }

const ITEM = /^\s*(?:[-*]|\d+[.)])\s+/
const HEADING = /^#{1,6}\s+/

/** Parses an answer; each sign in it becomes the piece that it stands for. */
export function parseAnswer(text: string, pieces: readonly Piece[]): Block[] {
  const blocks: Block[] = []
  for (const chunk of text.split(/\n{2,}/)) {
    const lines = chunk.split('\n').filter((line) => line.trim() !== '')
    let plain: string[] = []
    let items: string[] = []
    const flush = (): void => {
      if (plain.length > 0) blocks.push({ kind: 'paragraph', spans: spans(plain.join(' '), pieces) })
      if (items.length > 0) blocks.push({ kind: 'list', items: items.map((item) => spans(item, pieces)) })
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

function spans(text: string, pieces: readonly Piece[]): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .flatMap((part): Span[] => {
      if (part.startsWith('**') && part.length > 4) return withPieces('bold', part.slice(2, -2), pieces)
      if (part.startsWith('`') && part.length > 2) return withPieces('code', part.slice(1, -1), pieces)
      return withPieces('text', part, pieces)
    })
}

function withPieces(kind: 'text' | 'bold' | 'code', text: string, pieces: readonly Piece[]): Span[] {
  // The groups of the pattern are every second part: the places of pieces.
  return text.split(/\uE000(\d+)\uE001/).flatMap((part, index): Span[] => {
    if (index % 2 === 0) return part === '' ? [] : [{ kind, text: part }]
    const piece = pieces[Number(part)]
    return piece ? [{ kind: 'piece', piece }] : []
  })
}
