/** The parts of a node's id, as model.Identity writes it: a letter for the kind, then parts in which a slash is %2F and a percent sign %25. */
export function partsOf(id: string): string[] {
  return id.split('/').map(plain)
}

/** A part of an id as it was before it was written into one. */
export function plain(part: string): string {
  return part.replaceAll('%2F', '/').replaceAll('%25', '%')
}
