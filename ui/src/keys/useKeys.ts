import { useLayoutEffect, useRef } from 'react'

/** The first key of every pair: while it waits for the second, single keys are silent in all listeners. */
const PREFIX = 'g'
/** Milliseconds in which the second key of a pair such as "g m" must follow. */
const PAIR_MS = 1200

export type Keys = Readonly<Record<string, () => void>>

/** Runs a handler per key or pair of keys. Typing in a field and browser shortcuts are left alone. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  // By the time that something is on the screen its keys are there, and act on what is there.
  useLayoutEffect(() => {
    latest.current = keys
  })
  useLayoutEffect(() => {
    let first = ''
    let at = 0
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) first = '' // another listener ended the pair
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      // The innermost element: an editor lives in a shadow root, behind which the event names its host.
      if (isTyping(event.composedPath()[0] ?? event.target)) return
      // What lies over the page is closed by the browser, which does not where the key was taken.
      if (event.key === 'Escape' && document.querySelector(':popover-open')) return
      // A button or a link that has the focus is pressed by the space bar.
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a, summary, [role="button"], [tabindex="0"]')) return
      const paired = first === PREFIX && event.timeStamp - at < PAIR_MS
      const handler = latest.current[paired ? `${PREFIX} ${event.key}` : event.key]
      first = paired ? '' : event.key
      at = event.timeStamp
      if (!handler) return
      event.preventDefault()
      handler()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function isTyping(target: EventTarget | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('dialog[open]')) return true
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}
