/** A kept state, taken apart; null for what is not a path on this server: others' views are not to be trusted. */
export function pathAndSearch(state: string): { readonly path: string; readonly search: Record<string, string> } | null {
  if (!/^\/(?![/\\])/.test(state)) return null
  const here = 'http://here.invalid'
  if (!URL.canParse(state, here)) return null
  const url = new URL(state, here)
  return url.origin === here ? { path: url.pathname, search: Object.fromEntries(url.searchParams) } : null
}
