/** Of a list of address ranges and DNS names, which are which: an address has no letters but for colons' sake. */
export function places(text: string): { readonly cidrs: string[], readonly hosts: string[] } {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const isAddress = (word: string): boolean => word.includes(':') || /^[\d./]+$/.test(word)
  return { cidrs: words.filter(isAddress), hosts: words.filter((word) => !isAddress(word)) }
}
