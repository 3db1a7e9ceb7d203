import { plain } from './identity'

// Names come from clusters and can hold anything: 4 kB, right-to-left marks, line breaks.
// Control, zero-width and bidirectional characters could make one name look like another.
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu
// Joiners that emoji families and several scripts need.
const JOINERS = new Set(['\u200c', '\u200d', '\ufe0f'])

/** A name that is safe to show: what deceives becomes U+FFFD, what is too long is cut with an ellipsis. */
export function displayName(name: string, longest = 64): string {
  const visible = name.slice(0, 8 * longest).replace(DECEPTIVE, (mark) => (JOINERS.has(mark) ? mark : '\ufffd'))
  const letters = [...new Intl.Segmenter('en').segment(visible)].map((part) => part.segment)
  const cut = letters.length > longest || name.length > visible.length
  const shown = cut ? `${letters.slice(0, longest - 1).join('')}…` : visible
  return shown.trim() === '' ? '(no name)' : shown
}

// Ids of the graph's nodes as model.Identity writes them: slashes of a part are %2F, and a word of a sentence ends them.
const WORKLOAD = /(?<![^\s(])w\/[^\s/]+\/([^\s/]+)\/[^\s/]+\/([^\s/,;:)]+)/gu
const MACHINE = /(?<![^\s(])n\/[^\s/]+\/([^\s/,;:)]+(?:\/[^\s/,;:)]+)?)/gu
const OUTSIDE = /(?<![^\s(])e\/[^\s/]+\/[^\s/]*\/([^\s/,;:)]+)/gu

/** A sentence of the service as it begins on a screen; one that begins with what looks like a name is left as it is. */
export function asSentence(text: string): string {
  return /^[a-z]+[ ,:]/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text
}

/** A sentence of the service with names where it has ids: "w/lab/shop/Deployment/web" is "shop/web". */
export function withNames(text: string): string {
  const named = text.replace(WORKLOAD, '$1/$2').replace(MACHINE, '$1').replace(OUTSIDE, '$1')
  return named === text ? text : plain(named)
}
