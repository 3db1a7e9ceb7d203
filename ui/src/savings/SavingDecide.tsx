import type { ReactNode } from 'react'
import { AcceptDocument, DismissDocument, ReopenSavingDocument } from '../api/changes'
import { useAct } from '../api/useAct'
import { Decide, type Verdict } from '../decide/Decide'
import type { SavingsQuery } from '../gql/graphql'

interface Props {
  readonly saving: Pick<SavingsQuery['recommendations'][number], 'id' | 'state' | 'decisions'>
  readonly onChanged: () => void
}

/** Accept a saving, dismiss it with a reason, or take that back. */
export function SavingDecide({ saving: { id, state, decisions }, onChanged }: Props): ReactNode {
  const accept = useAct(AcceptDocument)
  const dismiss = useAct(DismissDocument)
  const reopen = useAct(ReopenSavingDocument)
  const all = [accept, dismiss, reopen]
  const then = async (said: Promise<unknown>): Promise<unknown> => {
    const answer = await said
    if (answer !== null) onChanged()
    return answer
  }
  const verdicts: readonly Verdict[] = state === 'OPEN'
    ? [
        { id: 'accept', label: 'Accept', note: 'Who makes the change, and when', needed: false, run: (note) => then(accept.act({ id, note })) },
        { id: 'dismiss', label: 'Dismiss', note: 'Why it will not be made', needed: true, run: (reason) => then(dismiss.act({ id, reason })) },
      ]
    : [{ id: 'reopen', label: 'Reopen', note: 'Why it is open again', needed: false, run: (note) => then(reopen.act({ id, note })) }]
  return <Decide state={state} decisions={decisions} verdicts={verdicts} running={all.some((act) => act.running)} problem={all.find((act) => act.problem)?.problem ?? null} />
}
