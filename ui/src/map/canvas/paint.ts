import type { Scene } from '../scene'
import { toScreen } from './camera'
import { type Arc, directionAt, lengthOf, pointAt } from './arc'
import { mixColors } from './colors'
import { LABEL_PX, type PlacedLabel, boxOf, placeLabels } from './labels'
import { paintMarks, placeCaptions } from './marks'
import { type Look, type PlacedEdge, type PlacedNode, type Shot, onScreen, place } from './picture'

/** What of a canvas is painted on: a canvas of the page, of a worker, or one that writes SVG. */
export type Pen = Pick<CanvasRenderingContext2D, 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'font' | 'textAlign' | 'textBaseline' | 'fillRect' | 'beginPath' | 'closePath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'arc' | 'stroke' | 'fillText' | 'strokeText' | 'measureText'> & {
  fill: () => void
  setLineDash: (dashes: number[]) => void
}

/** Shares of the ground's colour in what is not lit, in what weighs nothing, and in the lightest line of a crowd. */
const FADE = 0.84
const FAINT = 0.45
const CROWD = 0.62
/** The same share in a line that a change ends, and its dashes: short, whatever the way's are. */
const GHOST = 0.45
const GHOST_DASH = { period: 8, drawn: 0.35 }
/** More lines than these are a crowd: light ones step back so that heavy ones are seen. */
const CROWDED = 400
/** From this width on a line shows its direction by getting thinner; thinner ones are strokes. */
const TAPERS = 2.4
const ARROW = 9

/** Paints the whole map. Shapes, widths and dashes say what colours say, too. */
export function paint(pen: Pen, scene: Scene, shot: Shot, look: Look): void {
  const { nodes, edges } = place(scene, shot)
  pen.fillStyle = look.ground
  pen.fillRect(0, 0, shot.size.width, shot.size.height)
  paintFrames(pen, scene, shot, look)
  const most = Math.max(1, ...scene.edges.map((edge) => edge.width))
  const seen = edges.filter(({ arc }) => onScreen(arc, shot.size))
  for (const placed of seen) paintEdge(pen, placed, edgeColor(placed, shot, look, seen.length > CROWDED ? placed.edge.width / most : 1))
  const few = seen.length <= CROWDED
  for (const placed of seen) if (placed.lit || (few && !shot.lit && !placed.edge.faint)) paintArrow(pen, placed, edgeColor(placed, shot, look, 1))
  for (const placed of nodes.toSorted((a, b) => Number(a.lit) - Number(b.lit) || a.node.radius - b.node.radius)) paintNode(pen, placed, shot, look)
  const marked = seen.filter(({ edge }) => edge.mark)
  paintMarks(pen, marked, (placed) => edgeColor(placed, shot, look, 1), look)
  paintLabels(pen, scene, nodes, marked, shot, look)
}

/** Zones and regions as boxes, their names at the upper side. */
function paintFrames(pen: Pen, { frames = [] }: Scene, shot: Shot, look: Look): void {
  for (const { x, y, width, height, outer } of frames) {
    const [from, to] = [toScreen(shot.camera, shot.size, { x, y }), toScreen(shot.camera, shot.size, { x: x + width, y: y - height })]
    pen.setLineDash(outer ? [] : [6, 4])
    pen.lineWidth = outer ? 1.6 : 1
    pen.strokeStyle = mixColors(look.label, look.ground, outer ? 0.5 : 0.62)
    pen.fillStyle = mixColors(look.label, look.ground, outer ? 0.975 : 0.95)
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    pen.lineTo(to.x, from.y)
    pen.lineTo(to.x, to.y)
    pen.lineTo(from.x, to.y)
    pen.closePath()
    pen.fill()
    pen.stroke()
  }
}

/** The names of the boxes, over the lines that cross them. */
function paintTitles(pen: Pen, titles: readonly PlacedLabel[], look: Look): void {
  pen.font = `650 ${LABEL_PX}px ${look.font}`
  for (const { text, x, y } of titles) {
    pen.strokeText(text, x, y)
    pen.fillText(text, x, y)
  }
}

/** Where the names of boxes stand: those that are as wide as their name. */
function placeTitles({ frames = [] }: Scene, shot: Shot, widthOf: (text: string) => number): PlacedLabel[] {
  // A region's name stands above its box: inside of it, it would lie on those of its zones.
  return frames.flatMap(({ x, y, width, label, outer }): PlacedLabel[] => {
    const at = toScreen(shot.camera, shot.size, { x: x + width / 2, y })
    return width * shot.camera.scale < widthOf(label) ? [] : [{ text: label, x: at.x, y: at.y + (outer ? -18 : 7), lit: true }]
  })
}

function edgeColor({ edge, lit }: PlacedEdge, shot: Shot, look: Look, weight: number): string {
  const color = look.tokens[edge.token] ?? look.label
  if (edge.mark === 'gone') return mixColors(color, look.ground, GHOST)
  if (shot.lit && !lit) return mixColors(color, look.ground, FADE)
  if (lit) return color
  return mixColors(color, look.ground, edge.faint ? Math.max(FAINT, CROWD * (1 - weight)) : CROWD * (1 - Math.sqrt(weight)))
}

function paintEdge(pen: Pen, { edge, arc }: PlacedEdge, color: string): void {
  const { period, drawn } = edge.mark === 'gone' ? GHOST_DASH : edge.dash
  if (arc.halfFrom * 2 < TAPERS) {
    pen.strokeStyle = color
    pen.lineWidth = arc.halfFrom + arc.halfTo
    pen.setLineDash(period === 0 ? [] : [period * drawn, period * (1 - drawn)])
    pen.beginPath()
    pen.moveTo(arc.from.x, arc.from.y)
    pen.quadraticCurveTo(arc.control.x, arc.control.y, arc.to.x, arc.to.y)
    pen.stroke()
    return
  }
  pen.fillStyle = color
  pen.beginPath()
  if (period === 0) taper(pen, arc)
  else for (let at = 0, length = lengthOf(arc); at < length; at += period) dash(pen, arc, at / length, Math.min(1, (at + period * drawn) / length))
  pen.fill()
}

/** The whole line: two curves beside the middle one. */
function taper(pen: Pen, arc: Arc): void {
  const { from, control, to, halfFrom, halfTo } = arc
  const [out, into] = [directionAt(arc, 0), directionAt(arc, 1)]
  const middle = { x: to.x - from.x, y: to.y - from.y }
  const length = Math.hypot(middle.x, middle.y) || 1
  const half = (halfFrom + halfTo) / 2
  const [nx, ny] = [(-middle.y / length) * half, (middle.x / length) * half]
  pen.moveTo(from.x - out.y * halfFrom, from.y + out.x * halfFrom)
  pen.quadraticCurveTo(control.x + nx, control.y + ny, to.x - into.y * halfTo, to.y + into.x * halfTo)
  pen.lineTo(to.x + into.y * halfTo, to.y - into.x * halfTo)
  pen.quadraticCurveTo(control.x - nx, control.y - ny, from.x + out.y * halfFrom, from.y - out.x * halfFrom)
  pen.closePath()
}

/** One dash as a quadrilateral: short enough to be straight. */
function dash(pen: Pen, arc: Arc, begin: number, end: number): void {
  const corner = (share: number, side: number): [number, number] => {
    const [at, along] = [pointAt(arc, share), directionAt(arc, share)]
    const half = (arc.halfFrom + (arc.halfTo - arc.halfFrom) * share) * side
    return [at.x - along.y * half, at.y + along.x * half]
  }
  pen.moveTo(...corner(begin, 1))
  pen.lineTo(...corner(end, 1))
  pen.lineTo(...corner(end, -1))
  pen.lineTo(...corner(begin, -1))
  pen.closePath()
}

/** A head in the middle of the way to the receiver, where neither end's node covers it. */
function paintArrow(pen: Pen, { arc, edge }: PlacedEdge, color: string): void {
  if (lengthOf(arc) < 60) return
  // A sign of a change has the middle.
  const share = edge.mark && edge.mark !== 'was' ? 0.78 : 0.6
  const [at, along] = [pointAt(arc, share), directionAt(arc, share)]
  const size = ARROW * 0.5 + (arc.halfFrom + arc.halfTo) * 0.7
  pen.fillStyle = color
  pen.beginPath()
  pen.moveTo(at.x + along.x * size, at.y + along.y * size)
  pen.lineTo(at.x - along.x * size * 0.6 - along.y * size * 0.75, at.y - along.y * size * 0.6 + along.x * size * 0.75)
  pen.lineTo(at.x - along.x * size * 0.6 + along.y * size * 0.75, at.y - along.y * size * 0.6 - along.x * size * 0.75)
  pen.closePath()
  pen.fill()
}

function paintNode(pen: Pen, { node, at, radius, lit }: PlacedNode, shot: Shot, look: Look): void {
  const color = look.tokens[node.token] ?? look.label
  outline(pen, node.shape, at, radius + 2)
  pen.fillStyle = look.ground
  pen.fill()
  outline(pen, node.shape, at, radius)
  pen.fillStyle = shot.lit && !lit ? mixColors(color, look.ground, FADE) : color
  pen.fill()
  if (node.shape !== RING) return
  outline(pen, node.shape, at, radius * 0.62)
  pen.fillStyle = look.ground
  pen.fill()
}

const [SQUARE, DIAMOND, RING] = [1, 2, 3]

/** Disc, square, diamond or ring, of about equal areas. */
function outline(pen: Pen, shape: number, { x, y }: { x: number; y: number }, radius: number): void {
  pen.beginPath()
  if (shape === SQUARE) {
    const half = radius * 0.89
    for (const [dx, dy] of [[-half, -half], [half, -half], [half, half], [-half, half]] as const) pen.lineTo(x + dx, y + dy)
  } else if (shape === DIAMOND) {
    const half = radius * 1.25
    for (const [dx, dy] of [[0, -half], [half, 0], [0, half], [-half, 0]] as const) pen.lineTo(x + dx, y + dy)
  } else {
    pen.arc(x, y, radius, 0, 2 * Math.PI)
  }
  pen.closePath()
}

/** With a halo in the ground's colour, so that lines do not cross the letters. */
function paintLabels(pen: Pen, scene: Scene, nodes: readonly PlacedNode[], marked: readonly PlacedEdge[], shot: Shot, look: Look): void {
  pen.font = `500 ${LABEL_PX}px ${look.font}`
  pen.textAlign = 'center'
  pen.textBaseline = 'top'
  pen.lineJoin = 'round'
  pen.lineWidth = 4
  pen.setLineDash([])
  pen.strokeStyle = look.ground
  pen.fillStyle = look.label
  const widthOf = (text: string): number => pen.measureText(text).width
  const titles = placeTitles(scene, shot, widthOf)
  const labels = placeLabels(nodes, shot.size, shot.lit !== null, widthOf, titles.map((title) => boxOf(title, widthOf)))
  for (const label of [...labels, ...placeCaptions(marked, nodes, labels, widthOf)]) {
    pen.strokeText(label.text, label.x, label.y)
    pen.fillText(label.text, label.x, label.y)
  }
  paintTitles(pen, titles, look)
}
