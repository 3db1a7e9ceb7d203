import type { Scene } from '../scene'
import type { Order, Painted } from './messages'
import { type Pen, paint } from './paint'
import type { Look, Shot } from './picture'

// Paints beside the page, so that the page never waits for a picture. The canvas is one of the processor's:
// without a GPU thin lines are thirty times faster so than through an emulated one (docs/adr).
let shown: { scene: Scene; look: Look } | null = null

function draw(shot: Shot, ratio: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(shot.size.width * ratio)), Math.max(1, Math.round(shot.size.height * ratio)))
  const pen = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  if (!pen) throw new Error('the browser gives no canvas to paint the map on')
  pen.scale(ratio, ratio)
  if (shown) paint(pen as unknown as Pen, shown.scene, shot, shown.look)
  return canvas
}

function answer(painted: Painted, transfer: Transferable[] = []): void {
  self.postMessage(painted, { transfer })
}

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.kind === 'scene') {
    shown = data
    return
  }
  const canvas = draw(data.shot, data.ratio)
  if (data.kind === 'file') {
    void canvas.convertToBlob({ type: 'image/png' }).then((file) => answer({ kind: 'file', file }))
    return
  }
  const bitmap = canvas.transferToImageBitmap()
  answer({ kind: 'shot', bitmap, shot: data.shot }, [bitmap])
})
