import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ToDoDocument } from '../api/costs'
import { useFresh } from '../api/useFresh'
import { toBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { keptView, viewParams } from '../lib/view'
import { useView } from '../shell/useView'
import { Money, Moment } from '../ui/figures'

const NONE = {}
const LISTED = 4

/** Incidents that last and that nobody has resolved, the dearest first. */
export function OpenIncidents(): ReactNode {
  const { data, problem } = useFresh(ToDoDocument, NONE)
  const { view } = useView()
  const open = (data?.incidents.edges.map((edge) => edge.node) ?? []).filter((one) => one.state !== 'RESOLVED' && !one.until).toSorted((a, b) => Number(toBytes(b.impactPerDay.nano) - toBytes(a.impactPerDay.nano)))
  const kept = viewParams(keptView(view))
  return (
    <section className="panel todo" aria-label="Open incidents">
      <h2>Open incidents {open.length > 0 && <span className="quiet">({open.length})</span>}</h2>
      {problem && <p className="quiet">{problem.message}</p>}
      {data && open.length === 0 && <p className="quiet">None: every transfer is as usual, or too young to have a usual.</p>}
      <ol className="movers standing">
        {open.slice(0, LISTED).map((one) => (
          <li key={one.id}>
            <Link to="/incidents/$id" params={{ id: one.id } as never} search={kept as never} className="name" title={displayName(one.title, 300)}>{displayName(one.title, 80)}</Link>
            <b className="figure up"><Money of={one.impactPerDay} /> a day</b>
            <span className="quiet">since <Moment of={one.since} />{one.state === 'ACKNOWLEDGED' && ', acknowledged'}</span>
          </li>
        ))}
      </ol>
      <p><Link to="/incidents" search={kept as never}>All incidents</Link></p>
    </section>
  )
}

/** Savings that nobody dismissed, the largest first. */
export function BestSavings(): ReactNode {
  const { data, problem } = useFresh(ToDoDocument, NONE)
  const { view } = useView()
  const open = (data?.recommendations ?? []).filter((one) => one.state !== 'DISMISSED')
  const kept = viewParams(keptView(view))
  return (
    <section className="panel todo" aria-label="Best savings">
      <h2>Best savings {open.length > 0 && <span className="quiet">({open.length})</span>}</h2>
      {problem && <p className="quiet">{problem.message}</p>}
      {data && open.length === 0 && <p className="quiet">No change that Egressor knows would make what was observed cheaper.</p>}
      <ol className="movers standing">
        {open.slice(0, LISTED).map((one) => (
          <li key={one.id}>
            <Link to="/savings" search={kept as never} className="name" title={displayName(one.title, 300)}>{displayName(one.title, 80)}</Link>
            <span><b className="figure down"><Money of={one.monthly} /></b> <span className="quiet">in 30 days</span></span>
            {one.state === 'ACCEPTED' && <span className="quiet">accepted</span>}
          </li>
        ))}
      </ol>
      <p><Link to="/savings" search={kept as never}>All savings, with patches</Link></p>
    </section>
  )
}
