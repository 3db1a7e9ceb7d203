import type { ReactNode } from 'react'
import { AcknowledgeDocument, ReopenIncidentDocument, ResolveDocument } from '../api/changes'
import { useAct } from '../api/useAct'
import { Decide, type Verdict } from '../decide/Decide'
import type { IncidentQuery } from '../gql/graphql'

interface Props {
  readonly incident: Pick<NonNullable<IncidentQuery['incident']>, 'id' | 'state' | 'decisions'>
  readonly onChanged: () => void
}

/** Acknowledge, resolve and reopen an incident. */
export function IncidentDecide({ incident: { id, state, decisions }, onChanged }: Props): ReactNode {
  const acknowledge = useAct(AcknowledgeDocument)
  const resolve = useAct(ResolveDocument)
  const reopen = useAct(ReopenIncidentDocument)
  const all = [acknowledge, resolve, reopen]
  const then = async (said: Promise<unknown>): Promise<unknown> => {
    const answer = await said
    if (answer !== null) onChanged()
    return answer
  }
  const verdicts: Record<string, Verdict> = {
    acknowledge: { id: 'acknowledge', label: 'Acknowledge', note: 'What others should know', needed: false, run: (note) => then(acknowledge.act({ id, note })) },
    resolve: { id: 'resolve', label: 'Resolve', note: 'What was done, or why nothing has to be', needed: false, run: (note) => then(resolve.act({ id, note })) },
    reopen: { id: 'reopen', label: 'Reopen', note: 'Why it is open again', needed: false, run: (note) => then(reopen.act({ id, note })) },
  }
  const offered = state === 'OPEN' ? ['acknowledge', 'resolve'] : state === 'ACKNOWLEDGED' ? ['resolve', 'reopen'] : ['reopen']
  return (
    <Decide
      state={state} decisions={decisions} verdicts={offered.flatMap((name) => verdicts[name] ?? [])}
      running={all.some((act) => act.running)} problem={all.find((act) => act.problem)?.problem ?? null}
    />
  )
}
