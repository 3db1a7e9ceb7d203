interface Labelled {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly label?: string | null
  readonly shape?: number
}

interface Font {
  readonly labelSize: number
  readonly labelFont: string
  readonly labelColor: { readonly color?: string | undefined }
}

const DIAMOND = 2

/** A label below its node with a halo in the ground's colour, so that lines do not cross the letters. */
export function drawLabel(context: CanvasRenderingContext2D, data: Partial<Labelled>, font: Font, halo: string): void {
  const { x = 0, y = 0, size = 0, label, shape } = data
  if (!label) return
  context.font = `500 ${font.labelSize}px ${font.labelFont}`
  context.textAlign = 'center'
  context.textBaseline = 'top'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = halo
  context.fillStyle = font.labelColor.color ?? '#888888'
  const top = y + size * (shape === DIAMOND ? 1.25 : 1) + 5
  context.strokeText(label, x, top)
  context.fillText(label, x, top)
}
