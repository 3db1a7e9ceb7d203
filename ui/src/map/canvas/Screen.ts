import type { Scene } from '../scene'
import { type Size, between } from './camera'
import type { Order, Painted } from './messages'
import type { Look, Shot } from './picture'

/** Share of the screen that is painted beyond each of its sides, so that moving uncovers what is there already. */
const BEYOND = 0.25
/** The picture is painted anew when the camera has rested for so long. */
const REST_MS = 90
/** A picture that is stretched or shrunk by more than this is painted anew while moving. */
const STRETCH = 1.8
const MOST_RATIO = 2

/**
 * The picture on the page. A worker paints it; while the camera moves the browser's compositor moves the last
 * picture, which costs no script and no painting.
 */
export class Screen {
  private readonly canvas = document.createElement('canvas')
  private readonly context: ImageBitmapRenderingContext | null
  private readonly worker = new Worker(new URL('./painter.worker.ts', import.meta.url), { type: 'module' })
  private painted: Shot | null = null
  private current: Shot | null = null
  /** True while the worker paints, and where what it paints is out of date. */
  private busy = false
  private stale = false
  private frame = 0
  private rest = 0
  private readonly files: Array<(file: Blob) => void> = []

  constructor(private readonly container: HTMLElement, onFailed: (why: string) => void) {
    this.canvas.className = 'map-picture'
    this.context = this.canvas.getContext('bitmaprenderer')
    container.append(this.canvas)
    this.worker.addEventListener('message', ({ data }: MessageEvent<Painted>) => this.take(data))
    // Without a message where its script did not load.
    this.worker.addEventListener('error', ({ message }) => onFailed(message || 'the script that paints it did not load'))
  }

  get size(): Size {
    return { width: this.container.clientWidth, height: this.container.clientHeight }
  }

  setScene(scene: Scene, look: Look): void {
    this.send({ kind: 'scene', scene, look })
  }

  /** Shows the map so; at once by painting, or by moving the last picture and painting when it rests. */
  show(shot: Shot, moving: boolean): void {
    this.current = shot
    this.frame ||= requestAnimationFrame(() => this.lay())
    clearTimeout(this.rest)
    if (!moving || this.uncovers(shot)) this.paint()
    else this.rest = window.setTimeout(() => this.paint(), REST_MS)
  }

  file(shot: Shot): Promise<Blob> {
    return new Promise((done) => {
      this.files.push(done)
      this.send({ kind: 'file', shot, ratio: MOST_RATIO })
    })
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    clearTimeout(this.rest)
    this.worker.terminate()
    this.canvas.remove()
  }

  private send(order: Order): void {
    this.worker.postMessage(order, { transfer: [] })
  }

  /** One picture is under way at a time; the newest wish follows it. */
  private paint(): void {
    this.stale = this.busy
    if (this.busy || !this.current) return
    const { size } = this.current
    this.busy = true
    const wide = { width: Math.round(size.width * (1 + 2 * BEYOND)), height: Math.round(size.height * (1 + 2 * BEYOND)) }
    this.send({ kind: 'shot', shot: { ...this.current, size: wide }, ratio: Math.min(MOST_RATIO, Math.max(1, window.devicePixelRatio)) })
  }

  private take(painted: Painted): void {
    if (painted.kind === 'file') {
      this.files.shift()?.(painted.file)
      return
    }
    this.canvas.width = painted.bitmap.width
    this.canvas.height = painted.bitmap.height
    this.context?.transferFromImageBitmap(painted.bitmap)
    this.painted = painted.shot
    this.busy = false
    this.lay()
    this.container.dataset['painted'] = String(Number(this.container.dataset['painted'] ?? 0) + 1)
    if (this.stale) this.paint()
  }

  /** Puts the last picture where the present camera has it. */
  private lay(): void {
    this.frame = 0
    if (!this.painted || !this.current) return
    const { size, camera } = this.painted
    const moved = between(camera, this.current.camera)
    const { style } = this.canvas
    style.width = `${size.width}px`
    style.height = `${size.height}px`
    // By the transform alone: another left or top would be a shift of the page's layout.
    const left = (this.current.size.width - size.width) / 2 + moved.x
    const top = (this.current.size.height - size.height) / 2 + moved.y
    style.transform = `translate(${left}px, ${top}px) scale(${moved.scale})`
  }

  /** True where the last picture no longer reaches the sides of the screen, or is stretched too far. */
  private uncovers({ camera, size }: Shot): boolean {
    if (!this.painted) return true
    const { x, y, scale } = between(this.painted.camera, camera)
    const reaches = (painted: number, shown: number, by: number): boolean => (painted * scale) / 2 - Math.abs(by) >= shown / 2
    return scale > STRETCH || !reaches(this.painted.size.width, size.width, x) || !reaches(this.painted.size.height, size.height, y)
  }
}
