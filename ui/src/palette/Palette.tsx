import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Name } from '../ui/Name'
import { rankCommands } from './rank'
import { useCommands } from './useCommands'

export const OPEN_PALETTE = 'egressor:palette'

/** Ctrl or Cmd with K: every screen, node, shipped query and action by name. */
export function Palette(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const show = useCallback(() => {
    setOpen(true)
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  useLayoutEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      show()
    }
    window.addEventListener('keydown', listen)
    window.addEventListener(OPEN_PALETTE, show)
    return () => {
      window.removeEventListener('keydown', listen)
      window.removeEventListener(OPEN_PALETTE, show)
    }
  }, [show])
  return (
    <dialog ref={dialog} className="palette" aria-label="Command palette" onClose={() => setOpen(dialog.current?.open ?? false)}>
      {open && <Commands close={() => dialog.current?.close()} />}
    </dialog>
  )
}

function Commands({ close }: { readonly close: () => void }): ReactNode {
  const commands = useCommands()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const list = useId()
  const field = useRef<HTMLInputElement>(null)
  // The dialog is open before its field is there.
  useEffect(() => field.current?.focus(), [])
  const found = useMemo(() => rankCommands(commands, text), [commands, text])
  const run = (at: number): void => {
    const command = found[at]
    if (!command) return
    close()
    command.run()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive((at) => Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(at - 1, 0))
    else if (event.key === 'Enter') run(active)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        ref={field} type="text" role="combobox" aria-label="Go to anything, do anything" aria-expanded={found.length > 0} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={found[active] ? `${list}-${active}` : undefined} placeholder="Screen, workload, query or action" maxLength={200} spellCheck={false}
        value={text} onChange={(event) => { setText(event.target.value); setActive(0) }} onKeyDown={onKey}
      />
      <ul id={list} role="listbox" aria-label="Found">
        {found.map((command, index) => (
          // The input keeps the focus: options are pressed, not focused. The keys are on the input.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <li key={command.id} id={`${list}-${index}`} role="option" aria-selected={index === active} onMouseMove={() => setActive(index)} onClick={() => run(index)}>
            <Name of={command.title} longest={80} /> <span className="quiet"><Name of={command.group} longest={40} />{command.keys && <> <kbd>{command.keys}</kbd></>}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet" role="status">Nothing is called that.</p>}
    </>
  )
}
