import type { ReactNode } from 'react'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import type { Selection } from '../lib/view'
import { type Bundle, selectionOf } from '../map/bundles'
import type { GraphNode } from '../map/useGraph'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Section } from './parts'

interface Props {
  readonly group: GraphNode
  /** The nodes that it stands for, costliest first. */
  readonly members: readonly GraphNode[]
  readonly bundles: readonly Bundle[]
  readonly onSelect: (selection: Selection) => void
  readonly onOpen: (id: string) => void
}

/** A group of nodes: its sums, what it exchanges with others, and whom it stands for. */
export function GroupDetail({ group, members, bundles, onSelect, onOpen }: Props): ReactNode {
  const lines = bundles.filter((bundle) => bundle.source === group.id || bundle.destination === group.id)
  return (
    <>
      <header className="pane-head">
        <p className="quiet">{displayName(group.type)}</p>
        <h2><Name of={group.name} longest={80} /></h2>
        <p><button type="button" className="link" onClick={() => onOpen(group.id)}>open it on the map</button></p>
      </header>
      <div className="headline">
        <div><b><Money of={group.cost} /></b><span className="quiet">transfers of its nodes</span></div>
        <div><b><Bytes of={group.bytesOut} /></b><span className="quiet">out</span></div>
        <div><b><Bytes of={group.bytesIn} /></b><span className="quiet">in</span></div>
      </div>
      <Section title="Lines" note="costliest first">
        {lines.length === 0 && <p className="quiet">Nothing in this window.</p>}
        <ul className="peers">
          {lines.map((line) => (
            <li key={line.id}>
              <button type="button" onClick={() => onSelect(selectionOf(line))}>
                <span className="peer-name">{lineText(line, group.id)}</span>
                <span className="figure"><Money of={line.cost} /></span>
                <PathMark path={line.path.id} />
                <span className="figure quiet"><Bytes of={line.bytes} /></span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Stands for" note={`${formatCount(members.length)} ${members.length === 1 ? 'node' : 'nodes'}`}>
        <ul className="peers">
          {members.map((node) => (
            <li key={node.id}>
              <button type="button" onClick={() => onSelect({ kind: 'node', id: node.id })}><span><Name of={node.name} longest={40} /></span><span className="figure"><Money of={node.cost} /></span></button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function lineText(line: Bundle, id: string): ReactNode {
  if (line.source === line.destination) return <>within itself</>
  return line.source === id ? <>to <Name of={line.destinationName} longest={30} /></> : <>from <Name of={line.sourceName} longest={30} /></>
}
