import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { DeleteViewDocument, SaveViewDocument } from '../api/changes'
import { ViewsDocument } from '../api/documents'
import { useAct } from '../api/useAct'
import { useDocument } from '../api/useDocument'
import type { ViewsQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { Moment } from '../ui/figures'
import { Failure, Skeleton } from '../ui/states'
import { pathAndSearch } from './state'

export const OPEN_VIEWS = 'egressor:views'
const NOTHING = {}

/** Kept views, in a dialog: open one, keep this one, share it. */
export function Views(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const show = useCallback(() => {
    setOpen(true)
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  useEffect(() => {
    window.addEventListener(OPEN_VIEWS, show)
    return () => window.removeEventListener(OPEN_VIEWS, show)
  }, [show])
  return (
    <dialog ref={dialog} className="views" aria-labelledby="views-title" onClose={() => setOpen(false)}>
      <h2 id="views-title">Views</h2>
      {open && <Kept onGo={() => dialog.current?.close()} />}
      <form method="dialog"><button type="submit" className="button">Close</button></form>
    </dialog>
  )
}

function Kept({ onGo }: { readonly onGo: () => void }): ReactNode {
  const { data, problem, retry } = useDocument(ViewsDocument, NOTHING, { keep: true, policy: 'network-only' })
  const goTo = useGoTo()
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the views" rows={3} />
  return (
    <>
      <SaveThis onSaved={retry} />
      {data.views.length === 0 && <p className="quiet">None is kept yet. A view keeps the screen, the window, the filter and what is selected.</p>}
      <ul className="kept-views">{data.views.map((view) => <li key={view.id}><Row view={view} onDeleted={retry} onGo={() => { onGo(); goTo(view.state) }} /></li>)}</ul>
    </>
  )
}

function Row({ view, onGo, onDeleted }: { readonly view: ViewsQuery['views'][number]; readonly onGo: () => void; readonly onDeleted: () => void }): ReactNode {
  const { act, problem } = useAct(DeleteViewDocument)
  return (
    <>
      <button type="button" className="link" onClick={onGo}>{displayName(view.name, 60)}</button>
      <span className="quiet small">{view.mine ? (view.shared ? 'mine, shared' : 'mine') : `of ${displayName(view.owner, 40)}`}, <Moment of={view.savedAt} /></span>
      {view.mine && <button type="button" className="link" aria-label={`Delete the view ${displayName(view.name, 60)}`} onClick={() => void act({ id: view.id }).then((done) => done && onDeleted())}>delete</button>}
      {problem && <span role="alert" className="bad">{problem.message}</span>}
    </>
  )
}

function SaveThis({ onSaved }: { readonly onSaved: () => void }): ReactNode {
  const state = useRouterState({ select: ({ location }) => location.pathname + location.searchStr })
  const { act, problem, running } = useAct(SaveViewDocument)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = (): void => void act({ name: name.trim(), state, shared }).then((saved) => {
    if (!saved) return
    setName('')
    onSaved()
  })
  return (
    <form className="save-view" onSubmit={(event) => { event.preventDefault(); save() }}>
      <label>Keep what is on the screen as <input type="text" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} /></label>
      <label className="choice"><input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} /> others see it</label>
      <button type="submit" className="button primary" disabled={running || name.trim() === ''}>Keep</button>
      {problem && <p className="notice warn" role="alert"><b>{problem.code}</b> {problem.message} {problem.hint}</p>}
    </form>
  )
}

/** Goes to a kept state; what is not a path of this page is not followed. */
export function useGoTo(): (state: string) => void {
  const navigate = useNavigate()
  return useCallback((state: string) => {
    const place = pathAndSearch(state)
    if (place) void navigate({ to: place.path, search: place.search as never })
  }, [navigate])
}
