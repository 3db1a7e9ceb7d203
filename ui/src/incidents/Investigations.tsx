import type { ReactNode } from 'react'
import { Answer } from '../ask/Answer'
import { Section } from '../drawer/parts'
import type { IncidentQuery, InvestigationOccasion } from '../gql/graphql'
import { displayName } from '../lib/name'
import { CopyButton } from '../ui/CopyButton'
import { Moment } from '../ui/figures'

type Made = NonNullable<IncidentQuery['incident']>['investigations'][number]

const OCCASIONS: Readonly<Record<InvestigationOccasion, string>> = {
  ASKED: 'asked', OPENED: 'made when it opened', CAUSE_CHANGED: 'made when its cause became another', ENDED: 'made when it was over',
}

/** What was asked about an incident and answered, each at its version; the newest stands open. */
export function Investigations({ of }: { readonly of: readonly Made[] }): ReactNode {
  return (
    <Section title="Investigations" note={`(${of.length})`}>
      {of.length === 0 && <p className="quiet">None yet: one is made within a minute of an incident that costs enough or is a risk.</p>}
      {of.map((one, index) => (
        <details key={one.id} className="investigation" open={index === 0}>
          <summary>
            {OCCASIONS[one.occasion]} by {displayName(one.by, 60)}, <Moment of={one.startedAt} />
            <span className="quiet">, {one.engine === 'rules' ? 'by rule' : displayName(one.engine, 20)}{one.version !== null && one.version !== undefined && `, of version ${one.version}`}</span>
          </summary>
          <Body of={one} />
        </details>
      ))}
    </Section>
  )
}

function Body({ of }: { readonly of: Made }): ReactNode {
  if (of.state === 'RUNNING') return <p className="quiet">It is being answered.</p>
  if (of.failure !== '') return <p className="quiet">It broke off: {displayName(of.failure, 300)}</p>
  const again = `egressor investigations replay ${of.id}`
  return (
    <>
      <Answer turn={{ text: of.answer, pieces: [] }} onEvidence={nothing} />
      <p className="quiet">{of.steps.length} questions of the graph{of.unproven.length > 0 && `, ${of.unproven.length} pieces that no result bears out`}. Its evidence: <code>egressor investigations show {of.id}</code></p>
      {of.occasion !== 'ASKED' && <p className="quiet">The same again: <code>{again}</code> <CopyButton label="copy" text={again} /></p>}
    </>
  )
}

/** Kept answers are plain text: they have no figures to open. */
function nothing(): void { /* nothing can be opened */ }
