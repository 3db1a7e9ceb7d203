import type { ReactNode } from 'react'

/** The window has traffic, but none of it is between the nodes that were chosen. */
export function NothingShown({ onAll }: { readonly onAll: () => void }): ReactNode {
  return (
    <section className="state" role="status">
      <h2>None of the chosen nodes is in this window</h2>
      <p>The link keeps the map to some nodes, and this window holds no traffic of theirs, or they are hidden.</p>
      <button type="button" className="button" onClick={onAll}>Show all nodes</button>
    </section>
  )
}
