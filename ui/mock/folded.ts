interface Row {
  readonly source: string
  readonly destination: string
}

/** As the server folds: ranked rows bring their ends until there are too many, from then on those between them are kept. */
export function foldRows<R extends Row>(rows: readonly R[], mostRows: number, mostNodes: number): { readonly kept: R[]; readonly left: R[]; readonly ends: ReadonlySet<string> } {
  const [kept, left, ends]: [R[], R[], Set<string>] = [[], [], new Set()]
  for (const row of rows) {
    const both = new Set([...ends, row.source, row.destination])
    if (kept.length === mostRows || both.size > mostNodes) {
      left.push(row)
      continue
    }
    kept.push(row)
    ends.add(row.source).add(row.destination)
  }
  return { kept, left, ends }
}
