import { type ReactNode, useState } from 'react'
import type { Answer } from '../api/useDocument'
import type { WhatIfQuery } from '../gql/graphql'
import { useKeys } from '../keys/useKeys'
import { parseDecimal } from '../lib/decimal'
import { displayName } from '../lib/name'
import { SIDES, type Side, type View } from '../lib/view'
import { Moment, Money } from '../ui/figures'
import { shareOf } from '../map/MapToolbar'
import type { WhatIf } from './lines'

interface Props {
  readonly answer: Answer<WhatIfQuery>
  readonly view: View
  readonly patch: (change: Partial<View>) => void
  /** Whether the list beside the map is open. */
  readonly listed: boolean
  readonly onListed: (listed: boolean) => void
}

/** Below this width the list lies over the map, and is closed at first. */
const NARROW_PX = 1100

export function useListed(): [boolean, (listed: boolean) => void] {
  return useState(() => globalThis.innerWidth >= NARROW_PX)
}

const LABELS: Record<Side, string> = { before: 'Before', after: 'After' }

/** What would change: both amounts beside each other, which side is drawn, and the way out. */
export function WhatIfBar({ answer: { data, problem, loading, retry }, view, patch, listed, onListed }: Props): ReactNode {
  const flip = (): void => patch({ side: view.side === 'before' ? 'after' : 'before' })
  useKeys({ v: flip })
  const whatIf = data?.whatIf ?? null
  const exit = <button type="button" className="button top" onClick={() => patch({ whatIf: null, side: 'after', selection: null })}>Leave the what-if</button>
  if (!whatIf) {
    return (
      <section className="whatif-bar" aria-label="What if">
        <p role={problem ? 'alert' : 'status'}>
          <b>What if</b>{' '}
          {problem ? <>{problem.message} {problem.hint} <button type="button" className="link" onClick={retry}>Try again</button></>
            : loading ? 'Asking what would change…'
              : 'There is no recommendation with this id, or it concerns what you may not see. The Savings screen has those that are made now.'}
        </p>
        {exit}
      </section>
    )
  }
  return (
    <section className="whatif-bar" aria-label="What if">
      <p className="whatif-title"><b className="whatif-word">What if</b> <span className="name">{displayName(whatIf.recommendation.title, 160)}</span></p>
      <Sums whatIf={whatIf} />
      <fieldset className="segmented">
        <legend className="hidden">Drawn on the map</legend>
        {SIDES.map((side) => <button key={side} type="button" aria-pressed={view.side === side} title="Before and after (v)" onClick={() => patch({ side })}>{LABELS[side]}</button>)}
      </fieldset>
      <Only whatIf={whatIf} view={view} patch={patch} />
      <button type="button" className="button top" aria-pressed={listed} onClick={() => onListed(!listed)}>List</button>
      {exit}
      <States whatIf={whatIf} />
    </section>
  )
}

function Sums({ whatIf: { recommendation, monthlyBefore, monthlyAfter } }: { readonly whatIf: WhatIf }): ReactNode {
  const saves = parseDecimal(recommendation.monthly.amount).units >= 0n
  return (
    <dl className="whatif-sums">
      <div><dt>Before</dt><dd><Money of={monthlyBefore} /></dd></div>
      <div><dt>After</dt><dd><Money of={monthlyAfter} /></dd></div>
      <div><dt>{saves ? 'Saves' : 'Costs more'}</dt><dd className={saves ? 'figure down' : 'figure up'}><Money of={recommendation.monthly} /> <span className="quiet">a month, {shareOf(recommendation.monthly.amount, monthlyBefore.amount)}</span></dd></div>
    </dl>
  )
}

/** Keeps the map to what is concerned, and back. */
function Only({ whatIf, view, patch }: { readonly whatIf: WhatIf } & Pick<Props, 'view' | 'patch'>): ReactNode {
  if (whatIf.nodes.length === 0) return null
  const on = view.only.length > 0
  return <button type="button" className="button" aria-pressed={on} onClick={() => patch({ only: on ? [] : whatIf.nodes.map((node) => node.id).slice(0, MOST_ONLY), away: [] })}>Only what is concerned</button>
}

/** Nodes that a link can name without becoming too long for a mail. */
const MOST_ONLY = 60

function States({ whatIf }: { readonly whatIf: WhatIf }): ReactNode {
  const { recommendation, withdrawn, edgesKnown, shifts } = whatIf
  return (
    <>
      {withdrawn && <p className="notice" role="status">No longer recommended: it was followed, or what it would have saved on is gone. These are the figures of <Moment of={recommendation.to} />.</p>}
      {!edgesKnown && <p className="notice" role="status">Its transfers are worked out with the next search for savings, in some minutes. The sums above hold.</p>}
      {edgesKnown && shifts.length === 0 && <p className="notice" role="status">No transfer would go another way: what is saved stands by the hour.</p>}
    </>
  )
}
