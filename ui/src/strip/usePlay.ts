import { useCallback, useEffect, useRef, useState } from 'react'
import { useHead } from '../api/head'
import type { View } from '../lib/view'
import type { Range } from '../lib/window'
import { type Pace, begun, ended, played } from './play'

export interface Playing {
  readonly on: boolean
  readonly pace: Pace
  readonly setPace: (pace: Pace) => void
  readonly toggle: () => void
}

/** A picture a second; half as often for who wants less motion. */
const TICK_MS = 1000

/** Moves the window through time until it is now. `slide` changes the view without a step in the history. */
export function usePlay(view: View, range: Range | null, strip: Range | null, slide: (change: Partial<View>) => void): Playing {
  const { newest } = useHead()
  const [on, setOn] = useState(false)
  const [pace, setPace] = useState<Pace>(1)
  const latest = useRef({ view, range, newest, slide })
  useEffect(() => {
    latest.current = { view, range, newest, slide }
  })
  useEffect(() => {
    if (!on) return undefined
    const calm = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => {
      const now = latest.current
      if (!now.range) return
      const next = played(now.view, now.range, now.newest, calm ? 2 * pace : pace)
      if (next === null) setOn(false)
      now.slide(next ?? ended(now.view))
    }, calm ? 2 * TICK_MS : TICK_MS)
    return () => clearInterval(timer)
  }, [on, pace])
  const toggle = useCallback(() => {
    if (!on && range && strip) latest.current.slide(begun(view, range, strip))
    setOn(!on)
  }, [on, view, range, strip])
  return { on, pace, setPace, toggle }
}
