import type { ReactNode } from 'react'
import { useHead } from '../api/head'
import { useKeys } from '../keys/useKeys'
import { STALE_SECONDS } from '../lib/accounting'
import { formatDuration, formatMoment } from '../lib/time'
import { LIVE, isPast } from '../lib/view'
import { rangeOf } from '../lib/window'
import { TimeRange } from '../ui/figures'
import { useView } from './useView'

/** What must not be overlooked: the past, stale data, an interrupted feed. */
export function Notices(): ReactNode {
  const { view, patch } = useView()
  const { meta, newest, connected, problem, retry } = useHead()
  const past = isPast(view)
  useKeys({ l: () => patch(LIVE) })
  const range = past && newest !== '' ? rangeOf(view, newest) : null
  return (
    <div className="notices" role="status">
      {past && (
        <p className="notice past">
          <b>Viewing the past</b>
          {range && <TimeRange from={range.from} to={range.to} />}
          {view.version !== null && <span>as of version {view.version}</span>}
          {view.to !== null && view.version === null && (
            <label>
              <input type="checkbox" checked={view.knownThen} onChange={(event) => patch({ knownThen: event.target.checked })} />
              as it was known then
            </label>
          )}
          <button type="button" className="button" onClick={() => patch(LIVE)}>Back to live</button>
        </p>
      )}
      {!past && meta && meta.lagSeconds > STALE_SECONDS && (
        <p className="notice warn">
          <b>Stale</b> The newest minute ended {formatDuration(meta.lagSeconds)} ago, at {formatMoment(newest)}. See the Status screen.
        </p>
      )}
      {!connected && <p className="notice warn"><b>Live updates are interrupted.</b> Trying again; until then the screen asks every 30 s.</p>}
      {meta && problem && (
        <p className="notice warn"><b>{problem.code}</b> {problem.message} <button type="button" className="button" onClick={retry}>Try again</button></p>
      )}
    </div>
  )
}
