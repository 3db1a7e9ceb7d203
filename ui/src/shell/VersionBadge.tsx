import type { ReactNode } from 'react'
import { useHead } from '../api/head'
import { accountedFor } from '../lib/accounting'
import { formatClock, formatMoment } from '../lib/time'
import { useView } from './useView'

/** "v12 · 10:31 UTC · 99.98 % accounted for": from which state of knowledge everything on the screen is. */
export function VersionBadge(): ReactNode {
  const { meta, newest } = useHead()
  const { view, patch } = useView()
  if (!meta) return null
  const { version, lab } = meta
  const pinned = view.version !== null
  return (
    <div className="badges">
      <button
        type="button"
        className="badge version"
        aria-pressed={pinned}
        title={`Digest ${version.digest}\nCommitted ${formatMoment(version.committedAt)}\n${pinned ? 'Pinned: click to follow the newest version' : 'Click to pin this version in the link'}`}
        onClick={() => patch({ version: pinned ? null : version.number })}
      >
        <b>v{version.number}</b> · {formatClock(newest || version.to)} · {accountedFor(meta)}
        {pinned && <span className="pin"> · pinned</span>}
      </button>
      {lab && <span className="badge lab" title="This traffic is the lab's or a recording's, not this system's own">LAB</span>}
    </div>
  )
}
