import type { ReactNode } from 'react'

export function NotFound(): ReactNode {
  return (
    <section className="state">
      <h2>No such screen</h2>
      <p>There are the <a href="/map">map</a>, the <a href="/versions">versions</a> and the <a href="/status">status</a>.</p>
    </section>
  )
}
