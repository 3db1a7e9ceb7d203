import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { useKeys } from './useKeys'

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ['?', 'This list'],
  ['Ctrl K', 'Go to anything, do anything'],
  ['/', 'Search a node'],
  ['\\', 'Filter the transfers of the map'],
  ['f', 'Fit the map to the screen'],
  ['t', 'Table or map'],
  ['< >', 'Nodes stand for more, or for less'],
  ['o e x', 'Focus on the selected node, expand it, hide it'],
  ['p b', 'Path from the selected node, its blast radius'],
  ['+ -', 'Zoom the map'],
  ['← ↑ ↓ →', 'Move the map'],
  ['z', 'Nodes in their zones and regions, and back'],
  ['.', 'Pin the selected node where it is, and let it go'],
  ['Space', 'Play through the minutes, and pause'],
  ['v', 'Before and after of a what-if'],
  ['[ ]', 'One window back, one forward'],
  ['l', 'Back to live'],
  ['a', 'Ask'],
  ['g o', 'Go to the overview'],
  ['g m', 'Go to the map'],
  ['g t', 'Go to the table'],
  ['c', 'Compare with an earlier window, and back'],
  ['g d', 'Go to the comparison'],
  ['g c', 'Go to the costs'],
  ['g i', 'Go to the incidents'],
  ['g w', 'Go to the savings'],
  ['g f', 'Go to the raw rows'],
  ['g q', 'Go to Cypher'],
  ['g a', 'Ask on the whole screen'],
  ['g v', 'Go to the versions'],
  ['g s', 'Go to the status'],
  ['g e', 'Go to the settings'],
  ['Esc', 'Close'],
]

export const OPEN_KEYS = 'egressor:keys'

/** The list of keys: on "?" and on the button in the header. */
export function KeyList(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const open = useCallback(() => dialog.current?.showModal(), [])
  useKeys({ '?': open })
  useEffect(() => {
    window.addEventListener(OPEN_KEYS, open)
    return () => window.removeEventListener(OPEN_KEYS, open)
  }, [open])
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt><kbd>{key}</kbd></dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog"><button type="submit" className="button">Close</button></form>
    </dialog>
  )
}
