// Pictures that are committed should be small: PNG in, PNG of at most 256 colours out.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const MOST_COLOURS = 256
/** Grounds and texts: these stay exactly, however close. */
const EXACT_COLOURS = 64

/** The same picture, 8 bits per pixel. Reads what Chromium writes: 8 bits per channel, not interlaced. */
export function toPalette(png) {
  const picture = decode(png)
  const { palette, indices } = quantize(picture)
  const { width, height } = picture
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function decode(png) {
  const data = []
  let header = Buffer.alloc(0)
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
  }
  const [depth, colour, , , interlaced] = header.subarray(8)
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0) throw new Error(`PNG of depth ${depth}, colour type ${colour}, interlace ${interlaced}: only 8-bit RGB(A) without interlace is read`)
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), colour === 2 ? 3 : 4]
  return { width, height, channels, pixels: unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels) }
}

/** Undoes the filters of RFC 2083, section 6. */
function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < channels ? 0 : out[at - channels]
      const up = y === 0 ? 0 : out[at - stride]
      const corner = x < channels || y === 0 ? 0 : out[at - stride - channels]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      out[at] = raw[y * (stride + 1) + 1 + x] + guess
    }
  }
  return out
}

function paeth(left, up, corner) {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The most frequent colours stay as they are; the others take the nearest of them. */
function quantize({ pixels, channels }) {
  const counts = new Map()
  const indices = new Uint8Array(pixels.length / channels)
  const colourAt = (pixel) => (pixels[pixel] << 16) | (pixels[pixel + 1] << 8) | pixels[pixel + 2]
  for (let at = 0; at < pixels.length; at += channels) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1)
  const palette = spread([...counts].toSorted((a, b) => b[1] - a[1]).map(([colour]) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const nearest = new Map()
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const colour = colourAt(pixel * channels)
    const index = nearest.get(colour) ?? nearestOf(palette, [colour >> 16, (colour >> 8) & 255, colour & 255])
    nearest.set(colour, index)
    indices[pixel] = index
  }
  return { palette, indices }
}

/** The most frequent, then in their order but none that is close to a taken one, with less and less distance until the palette is full. */
function spread(colours) {
  const palette = colours.slice(0, EXACT_COLOURS)
  for (const least of [24, 12, 6, 1]) {
    for (const colour of colours) {
      if (palette.length === MOST_COLOURS) return palette
      if (palette.every((taken) => distance(taken, colour) >= least * least)) palette.push(colour)
    }
  }
  return palette
}

function nearestOf(palette, colour) {
  let best = 0
  for (let index = 1; index < palette.length; index++) if (distance(palette[index], colour) < distance(palette[best], colour)) best = index
  return best
}

function distance(a, b) {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2
}

function chunk(type, body) {
  const out = Buffer.alloc(12 + body.length)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  out.set(body, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length)
  return out
}
