/** One thing that the palette can do. */
export interface Command {
  readonly id: string
  readonly title: string
  /** What kind of thing it is, told beside the title. */
  readonly group: string
  /** The same by key, where there is one. */
  readonly keys?: string
  readonly run: () => void
}

const MOST = 12

/** Commands that hold every word typed, best first: a title that begins with it, then a word that does, then the rest. */
export function rankCommands(commands: readonly Command[], text: string): Command[] {
  const words = text.toLocaleLowerCase('en').split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands.slice(0, MOST)
  return commands
    .map((command, at) => ({ command, at, rank: rank(command, words) }))
    .filter((one) => one.rank > 0)
    .toSorted((a, b) => b.rank - a.rank || a.at - b.at)
    .slice(0, MOST)
    .map((one) => one.command)
}

function rank({ title, group }: Command, words: readonly string[]): number {
  const name = title.toLocaleLowerCase('en')
  const all = `${name} ${group.toLocaleLowerCase('en')}`
  if (!words.every((word) => all.includes(word))) return 0
  const [first = ''] = words
  if (name.startsWith(words.join(' '))) return 3
  return name.split(/[\s/._-]+/).some((word) => word.startsWith(first)) ? 2 : 1
}
