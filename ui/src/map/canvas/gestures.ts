import type { Point } from './camera'

/** What a person does with the pointer, in pixels of the element. */
export interface Gestures {
  /** The pointer went down. True: what lies there is dragged, not the map. */
  readonly grab: (at: Point) => boolean
  readonly drag: (at: Point) => void
  readonly drop: () => void
  readonly pan: (dx: number, dy: number) => void
  readonly zoom: (factor: number, around: Point) => void
  readonly hover: (at: Point | null) => void
  readonly click: (at: Point) => void
  readonly open: (at: Point) => void
}

/** Pixels that the pointer may shake in a click. */
const SHAKE = 4
const WHEEL_STEP = 1.0016

/** Listens to mouse, pen and touch alike; returns what ends it. Two fingers zoom. */
export function listen(element: HTMLElement, to: Gestures): () => void {
  const down = new Map<number, Point>()
  let [begun, moved, grabbed]: [Point, boolean, boolean] = [{ x: 0, y: 0 }, false, false]
  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.x, y: event.clientY - box.y }
  }
  const end = new AbortController()
  const on = <Type extends keyof HTMLElementEventMap>(type: Type, act: (event: HTMLElementEventMap[Type]) => void): void => element.addEventListener(type, act, { signal: end.signal, passive: false })
  on('pointerdown', (event) => {
    if (event.button !== 0) return
    element.setPointerCapture(event.pointerId)
    down.set(event.pointerId, at(event))
    if (down.size > 1) return
    begun = at(event)
    moved = false
    grabbed = to.grab(begun)
  })
  on('pointermove', (event) => {
    const [before, now] = [down.get(event.pointerId), at(event)]
    if (!before) return to.hover(now)
    moved ||= Math.hypot(now.x - begun.x, now.y - begun.y) > SHAKE
    if (!moved) return undefined
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
    down.set(event.pointerId, now)
    if (other) return to.zoom(distance(now, other) / Math.max(1, distance(before, other)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
    return grabbed ? to.drag(now) : to.pan(now.x - before.x, now.y - before.y)
  })
  const up = (event: PointerEvent, clicked: boolean): void => {
    if (!down.delete(event.pointerId) || down.size > 0) return
    if (grabbed && moved) to.drop()
    if (clicked && !moved) to.click(at(event))
    grabbed = false
  }
  on('pointerup', (event) => up(event, true))
  on('pointercancel', (event) => up(event, false))
  on('pointerleave', () => to.hover(null))
  on('dblclick', (event) => to.open(at(event)))
  on('wheel', (event) => {
    event.preventDefault()
    to.zoom(WHEEL_STEP ** -(event.deltaY * (event.deltaMode === 1 ? 24 : 1)), at(event))
  })
  return () => end.abort()
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
