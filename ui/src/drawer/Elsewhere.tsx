import type { ReactNode } from 'react'
import { consoleTemplate } from '../lib/console'
import { useView } from '../shell/useView'
import { CopyButton } from '../ui/CopyButton'
import { Section } from './parts'
import { type About, asCypher, asGraphQL, consoleLink, kubectlOf } from './queries'

interface Props {
  readonly about: About
  readonly window: { readonly from: string; readonly to: string }
  readonly version: number | null
}

/** The same answer elsewhere: as a query of either language, as a link, in Kubernetes. */
export function Elsewhere({ about, window, version }: Props): ReactNode {
  const { go } = useView()
  if (version === null) return null
  const kubectl = about.kind === 'node' ? kubectlOf(about.id) : null
  const console = about.kind === 'node' ? consoleLink(consoleTemplate(), about.id) : null
  return (
    <Section title="Elsewhere">
      <p className="elsewhere">
        <CopyButton label="Copy as GraphQL" text={asGraphQL(about, { ...window, version })} />
        <CopyButton label="Copy as Cypher" text={asCypher(about)} />
        <button type="button" className="button small" onClick={() => go('/cypher', { cypher: asCypher(about), from: window.from, to: window.to, version })}>Run as Cypher</button>
        {kubectl && <CopyButton label="Copy kubectl command" text={kubectl} />}
        {console && <a href={console} target="_blank" rel="noreferrer">Open in the console</a>}
      </p>
    </Section>
  )
}
