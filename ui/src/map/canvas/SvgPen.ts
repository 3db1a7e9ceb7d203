import type { Size } from './camera'
import type { Pen } from './paint'

/** A pen that writes what is painted as SVG text. Names are escaped; nothing in it runs or loads. */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = 'black'
  strokeStyle: Pen['strokeStyle'] = 'black'
  lineWidth = 1
  lineJoin: Pen['lineJoin'] = 'miter'
  font = ''
  textAlign: Pen['textAlign'] = 'center'
  textBaseline: Pen['textBaseline'] = 'top'
  private readonly parts: string[] = []
  private path: string[] = []
  private dashes: readonly number[] = []

  /** `widthOf` measures a text in a font: only a canvas of the browser knows. */
  constructor(private readonly size: Size, private readonly widthOf: (text: string, font: string) => number) {}

  toString(): string {
    const { width, height } = this.size
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="12" font-weight="500" text-anchor="middle">\n${this.parts.join('\n')}\n</svg>\n`
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${attribute(String(this.fillStyle))}"/>`)
  }

  beginPath(): void {
    this.path = []
  }

  closePath(): void {
    this.path.push('Z')
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${at(x)} ${at(y)}`)
  }

  /** As on a canvas, the first point of a path is moved to. */
  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`)
  }

  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
    this.path.push(`Q${at(controlX)} ${at(controlY)} ${at(x)} ${at(y)}`)
  }

  /** Whole circles only: nothing else is painted. */
  arc(x: number, y: number, radius: number): void {
    const r = at(radius)
    this.path.push(`M${at(x - radius)} ${at(y)}a${r} ${r} 0 1 0 ${at(2 * radius)} 0a${r} ${r} 0 1 0 ${at(-2 * radius)} 0`)
  }

  fill(): void {
    this.parts.push(`<path d="${this.path.join('')}" fill="${attribute(String(this.fillStyle))}"/>`)
  }

  stroke(): void {
    const dashes = this.dashes.length === 0 ? '' : ` stroke-dasharray="${this.dashes.map(at).join(' ')}"`
    this.parts.push(`<path d="${this.path.join('')}" fill="none" stroke="${attribute(String(this.strokeStyle))}" stroke-width="${at(this.lineWidth)}"${dashes}/>`)
  }

  setLineDash(dashes: readonly number[]): void {
    this.dashes = dashes
  }

  strokeText(text: string, x: number, y: number): void {
    this.parts.push(`<text x="${at(x)}" y="${at(y)}" dominant-baseline="hanging" font-family="sans-serif" fill="none" stroke="${attribute(String(this.strokeStyle))}" stroke-width="${this.lineWidth}" stroke-linejoin="round">${escaped(text)}</text>`)
  }

  fillText(text: string, x: number, y: number): void {
    this.parts.push(`<text x="${at(x)}" y="${at(y)}" dominant-baseline="hanging" font-family="sans-serif" fill="${attribute(String(this.fillStyle))}">${escaped(text)}</text>`)
  }

  measureText(text: string): TextMetrics {
    return { width: this.widthOf(text, this.font) } as TextMetrics
  }
}

/** A tenth of a pixel is enough, and keeps files small. */
function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function attribute(text: string): string {
  return escaped(text).replaceAll('"', '&quot;')
}

/** As XML text; characters that XML cannot hold are left out. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
