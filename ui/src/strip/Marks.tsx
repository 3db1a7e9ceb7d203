import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { MarksDocument } from '../api/mapDocuments'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'
import { displayName } from '../lib/name'
import { formatClock } from '../lib/time'
import { viewParams } from '../lib/view'
import type { Range } from '../lib/window'
import { useView } from '../shell/useView'
import { type Cluster, type Mark, clusterText, clustersOf, marksOf } from './marks'

interface Props {
  readonly window: Window
  readonly span: Range
}

/** Signs that differ in shape: colour is not the only one. */
const SIGNS: Record<Cluster['kind'], string> = { incident: '!', rollout: '▲', both: '!▲' }

/** Rollouts and incidents over the bars of the strip; each leads to what it is. */
export function Marks({ window, span }: Props): ReactNode {
  const variables = useMemo(() => ({ window }), [window])
  const { data, problem } = useDocument(MarksDocument, variables, { keep: true })
  const [strip, width] = useWidth()
  const clusters = useMemo(() => (data ? clustersOf(marksOf(data.marks, span), span, width) : []), [data, span, width])
  const open = useOpen()
  if (problem && !data) return <p className="marks quiet" role="status">Rollouts and incidents could not be read: {problem.message}</p>
  const more = data?.marks.moreRollouts || data?.marks.moreIncidents
  return (
    <ul ref={strip} className="marks" aria-label={`Rollouts and incidents${more ? ', the newest' : ''}`}>
      {clusters.map((cluster) => <li key={cluster.marks[0]?.id} style={{ left: `${cluster.at * 100}%` }}><One cluster={cluster} open={open} /></li>)}
    </ul>
  )
}

/** How wide an element is, once it is there and whenever it changes. */
function useWidth(): [(element: HTMLElement | null) => void, number | undefined] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState<number>()
  useEffect(() => {
    if (!element) return
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width))
    watch.observe(element)
    return () => watch.disconnect()
  }, [element])
  return [setElement, width]
}

function One({ cluster, open }: { readonly cluster: Cluster; readonly open: (mark: Mark) => void }): ReactNode {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const text = displayName(clusterText(cluster, formatClock), 200)
  const [only, ...others] = cluster.marks
  // Named by text that is not seen: its sign and its number would be no part of another name.
  const sign = <><span className="hidden">{text}</span><span className={`mark-sign sign-${cluster.kind}`} aria-hidden="true">{SIGNS[cluster.kind]}</span>{others.length > 0 && <span aria-hidden="true">{cluster.marks.length}</span>}</>
  if (!only) return null
  if (others.length === 0) return <button type="button" className="mark" title={text} onClick={() => open(only)}>{sign}</button>
  return (
    <>
      <button type="button" className="mark" title={text} popoverTarget={id} onClick={(event) => place(list.current, event.currentTarget)}>{sign}</button>
      <div ref={list} id={id} popover="auto" className="mark-list" role="dialog" aria-label={text}>
        <ul>{cluster.marks.map((mark) => <li key={mark.id}><button type="button" className="link" onClick={() => { list.current?.hidePopover(); open(mark) }}>{displayName(mark.text, 120)}</button> <span className="quiet">{formatClock(mark.at)}</span></li>)}</ul>
      </div>
    </>
  )
}

/** Above its button, inside the screen. */
function place(list: HTMLElement | null, button: HTMLElement): void {
  if (!list) return
  const { left, top } = button.getBoundingClientRect()
  list.style.left = `${Math.max(8, Math.min(left - 120, globalThis.innerWidth - 380))}px`
  list.style.bottom = `${globalThis.innerHeight - top + 6}px`
}

/** An incident has its own page; a rollout is its workload on the map. */
function useOpen(): (mark: Mark) => void {
  const navigate = useNavigate()
  const { view, go } = useView()
  return (mark) => {
    if (mark.kind === 'rollout') go('/map', { selection: { kind: 'node', id: mark.leadsTo } })
    else void navigate({ to: `/incidents/${encodeURIComponent(mark.leadsTo)}`, search: viewParams({ ...view, selection: null, trace: null }) as never })
  }
}
