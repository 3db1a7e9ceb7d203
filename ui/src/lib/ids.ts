/** Ids in one parameter of a link, in order: "a,b". Commas within them are escaped. */
export function joinIds(ids: readonly string[]): string {
  return ids.map((id) => id.replace(/[%,]/g, encodeURIComponent)).join(',')
}

/** What joinIds wrote, each once; parts that are malformed are left out. */
export function splitIds(text: string): string[] {
  return [...new Set(text.split(',').flatMap(decoded))]
}

function decoded(part: string): string[] {
  try {
    return part === '' ? [] : [decodeURIComponent(part)]
  } catch {
    return []
  }
}
