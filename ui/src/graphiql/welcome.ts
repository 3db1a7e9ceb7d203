/** What stands in the first tab: a question that every Egressor can answer. */
export const WELCOME = `# The costliest transfers of the last hour. Everything that can be asked is in the
# documentation on the left; Ctrl-Space completes, Ctrl-Enter asks.
{
  meta { version { number committedAt } lagSeconds }
  transfers(first: 10, orderBy: COST) {
    totalCount
    total { bytes cost { display } }
    edges { node { sourceName destinationName path bytes cost { display } } }
  }
}
`
