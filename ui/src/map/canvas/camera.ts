/** A point, of the map (y points up) or of the screen (pixels, y points down). */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Where the map is looked at from: the map's point in the middle of the screen, and pixels per unit of the map. */
export interface Camera extends Point {
  readonly scale: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels that something lies over at each side of the screen. */
export interface Insets {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const LEAST_SCALE = 0.02
const MOST_SCALE = 24

export function toScreen(camera: Camera, size: Size, { x, y }: Point): Point {
  return { x: size.width / 2 + (x - camera.x) * camera.scale, y: size.height / 2 - (y - camera.y) * camera.scale }
}

export function toMap(camera: Camera, size: Size, { x, y }: Point): Point {
  return { x: camera.x + (x - size.width / 2) / camera.scale, y: camera.y - (y - size.height / 2) / camera.scale }
}

/** Moves the picture by pixels. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale }
}

/** Comes closer by a factor above 1; the point of the screen at `around` stays where it is. */
export function zoomed(camera: Camera, size: Size, factor: number, around: Point): Camera {
  const scale = bounded(camera.scale * factor)
  const held = toMap(camera, size, around)
  return { x: held.x - (around.x - size.width / 2) / scale, y: held.y + (around.y - size.height / 2) / scale, scale }
}

/** The camera that shows all points between the insets, at most `most` pixels per unit: a single node does not fill the screen. */
export function fitted(points: readonly Point[], size: Size, insets: Insets, most: number): Camera {
  if (points.length === 0) return { x: 0, y: 0, scale: 0.4 }
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const wide = Math.max(40, size.width - insets.left - insets.right)
  const high = Math.max(40, size.height - insets.top - insets.bottom)
  const scale = bounded(Math.min(most, wide / Math.max(1, right - left), high / Math.max(1, top - bottom)))
  return {
    x: (left + right) / 2 - (insets.left - insets.right) / 2 / scale,
    y: (bottom + top) / 2 + (insets.top - insets.bottom) / 2 / scale,
    scale,
  }
}

/** How a picture that one camera took lies on the screen of another: CSS moves it there without drawing. */
export function between(taken: Camera, now: Camera): { readonly x: number; readonly y: number; readonly scale: number } {
  return { x: (taken.x - now.x) * now.scale, y: (now.y - taken.y) * now.scale, scale: now.scale / taken.scale }
}

function bounded(scale: number): number {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale))
}
