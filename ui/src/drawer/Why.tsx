import { type ReactNode, useMemo, useState } from 'react'
import { ExplainDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { ExplainQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { formatSecond } from '../lib/time'
import { Bytes, Second } from '../ui/figures'
import { Failure, Skeleton } from '../ui/states'

type Minute = NonNullable<ExplainQuery['explain']>['minutes'][number]

interface Props {
  readonly transfer: string
  readonly window: { readonly from: string; readonly to: string }
}

/** Why the newest minute is attributed so: asked for when somebody opens it. */
export function Why({ transfer, window }: Props): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Reports, rules and facts of the newest minute</summary>
      {open && <Explained transfer={transfer} window={window} />}
    </details>
  )
}

function Explained({ transfer, window }: Props): ReactNode {
  const variables = useMemo(() => ({ transfer, window: { from: window.from, to: window.to } }), [transfer, window.from, window.to])
  const { data, problem, retry } = useDocument(ExplainDocument, variables)
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the explanation" rows={4} />
  const minute = data.explain?.minutes[0]
  return minute ? <OfMinute minute={minute} /> : <p className="quiet">The raw rows of this window are past their retention.</p>
}

function OfMinute({ minute }: { readonly minute: Minute }): ReactNode {
  return (
    <>
      <p className="quiet"><Second of={minute.minute} />, folded by version {minute.version}: <Bytes of={minute.bytes} /></p>
      {minute.pairs.map((pair) => (
        <div key={`${pair.source} ${pair.destination} ${pair.serverPort}`}>
          <p>{displayName(pair.source, 40)} → {displayName(pair.destination, 40)} port {pair.serverPort}: {pair.choiceText}.</p>
          <ul>
            {pair.reports.map((report) => (
              <li key={`${report.flow.batch} ${report.flow.agent} ${report.flow.windowStart} ${String(report.bySender)}`}>
                {report.taken ? 'Taken' : 'Check'}: <Bytes of={report.bytes} /> by {displayName(report.flow.agent, 40)}, batch {displayName(report.flow.batch, 60)}.
                {report.service !== '' && <> Dialled {displayName(report.service)}.</>}
                {' '}Source: {report.source.ruleText}. Destination: {report.destination.ruleText}. Way: {report.pathText}.{report.pathGap !== '' && <> {report.pathGap}.</>}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <ul>
        {minute.facts.map((fact) => (
          <li key={`${fact.kind} ${fact.key} ${fact.source} ${fact.from ?? ''}`}>{displayName(fact.text, 200)} <span className="quiet">said by {displayName(fact.source, 60)}{fact.recordedAt ? `, known since ${formatSecond(fact.recordedAt)}` : ''}</span></li>
        ))}
      </ul>
    </>
  )
}
