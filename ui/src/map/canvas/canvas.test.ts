import { describe, expect, it } from 'vitest'
import type { Scene } from '../scene'
import { arcOf, distanceTo, pointAt } from './arc'
import { between, fitted, panned, toMap, toScreen, zoomed } from './camera'
import { hit } from './hit'
import { placeLabels } from './labels'
import { SvgPen } from './SvgPen'
import { paint } from './paint'
import { type Shot, place } from './picture'

const SIZE = { width: 800, height: 600 }
const CAMERA = { x: 30, y: -20, scale: 0.7 }
const INSETS = { left: 100, right: 20, top: 30, bottom: 40 }
const node = (id: string, x: number, y: number, radius = 10) => ({ id, label: id, x, y, radius, shape: 0, token: '--kind-workload' })
const edge = (source: string, destination: string, width = 6) => ({ id: `${source}-${destination}`, source, destination, width, token: '--path-vpc', dash: { period: 0, drawn: 1 }, faint: false, bend: source === destination ? 10 : 0.14 })
const shot = (over: Partial<Shot> = {}): Shot => ({ camera: CAMERA, size: SIZE, lit: null, wholeScale: CAMERA.scale, ...over })

describe('the camera', () => {
  it('finds a point of the screen again on the map', () => {
    const seen = toScreen(CAMERA, SIZE, { x: 120, y: 250 })
    const back = toMap(CAMERA, SIZE, seen)
    expect([back.x, back.y].map(Math.round)).toEqual([120, 250])
  })
  it('zooms around what lies under the pointer, and moves by pixels', () => {
    const around = { x: 200, y: 450 }
    const held = toMap(CAMERA, SIZE, around)
    const seen = toScreen(zoomed(CAMERA, SIZE, 3, around), SIZE, held)
    expect([seen.x, seen.y].map(Math.round)).toEqual([200, 450])
    const moved = toScreen(panned(CAMERA, 40, -25), SIZE, held)
    expect([moved.x, moved.y].map(Math.round)).toEqual([240, 425])
  })
  it('shows all points between what lies over the screen', () => {
    const points = [{ x: -900, y: 100 }, { x: 700, y: -400 }]
    const camera = fitted(points, SIZE, INSETS, 2)
    for (const { x, y } of points.map((point) => toScreen(camera, SIZE, point))) {
      expect(x).toBeGreaterThanOrEqual(INSETS.left - 0.01)
      expect(x).toBeLessThanOrEqual(SIZE.width - INSETS.right + 0.01)
      expect(y).toBeGreaterThanOrEqual(INSETS.top - 0.01)
      expect(y).toBeLessThanOrEqual(SIZE.height - INSETS.bottom + 0.01)
    }
  })
  it('lays an old picture so that each of its points is where the new camera has it', () => {
    const now = { x: 80, y: 10, scale: 1.1 }
    const point = { x: -40, y: 200 }
    const [was, is] = [toScreen(CAMERA, SIZE, point), toScreen(now, SIZE, point)]
    const { x, y, scale } = between(CAMERA, now)
    expect((was.x - 400) * scale + 400 + x).toBeCloseTo(is.x)
    expect((was.y - 300) * scale + 300 + y).toBeCloseTo(is.y)
  })
})

describe('what the pointer is over', () => {
  const scene: Scene = { nodes: [node('a', -200, 0), node('b', 200, 0)], edges: [edge('a', 'b'), edge('b', 'a'), edge('a', 'a')] }
  const placed = place(scene, shot())
  it('is the node before its lines, a line in the middle of its arc, each of two directions, a loop, or the ground', () => {
    const [a] = placed.nodes
    expect(hit(placed, a?.at ?? { x: 0, y: 0 })).toEqual({ kind: 'node', id: 'a' })
    for (const one of placed.edges) expect(hit(placed, pointAt(one.arc, 0.5))).toEqual({ kind: 'bundle', id: one.edge.id })
    expect(hit(placed, { x: 5, y: 5 })).toBeNull()
  })
  it('is as far from a straight line as geometry has it', () => {
    expect(distanceTo(arcOf({ x: 0, y: 0 }, { x: 100, y: 0 }, 0, 4), { x: 50, y: 12 })).toBeCloseTo(12 - (2 + 0.68) / 2, 1)
  })
})

describe('labels', () => {
  const widthOf = (text: string): number => text.length * 7
  it('never lie on each other nor on a heavier node, and the heavier one has its own', () => {
    const nodes = Array.from({ length: 120 }, (_, at) => node(`workload-${at}`, ((at * 37) % 400) - 200, ((at * 61) % 300) - 150, 4 + (at % 17)))
    const labels = placeLabels(place({ nodes, edges: [] }, shot()).nodes, SIZE, false, widthOf)
    expect(labels.length).toBeGreaterThan(5)
    const boxes = labels.map(({ text, x, y }) => ({ text, left: x - widthOf(text) / 2, right: x + widthOf(text) / 2, top: y, bottom: y + 12 }))
    for (const [at, a] of boxes.entries()) {
      for (const b of boxes.slice(at + 1)) expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom, `${a.text} on ${b.text}`).toBe(false)
    }
  })
  it('are of what is lit alone where something is lit', () => {
    const scene: Scene = { nodes: [node('a', 0, 0, 19), node('b', 100, 0, 4)], edges: [] }
    const { nodes } = place(scene, shot({ lit: { nodes: new Set(['b']), edges: new Set() } }))
    expect(placeLabels(nodes, SIZE, true, widthOf).map((label) => label.text)).toEqual(['b'])
  })
})

describe('the order of painting', () => {
  it('puts what is lit above the heavy, and free lines below', () => {
    const scene: Scene = { nodes: [node('a', 0, 0), node('b', 90, 0)], edges: [{ ...edge('a', 'b', 2), id: 'light' }, { ...edge('a', 'b', 9), id: 'heavy' }, { ...edge('b', 'a', 9), id: 'free', faint: true }] }
    const ids = (lit: string[]): string[] => place(scene, shot({ lit: { nodes: new Set(), edges: new Set(lit) } })).edges.map((one) => one.edge.id)
    expect(ids([])).toEqual(['free', 'light', 'heavy'])
    expect(ids(['light'])).toEqual(['free', 'heavy', 'light'])
  })
})

describe('the map as SVG', () => {
  it('holds every line, node and label, and nothing of a name is markup', () => {
    const hostile = `</text><script>alert(1)</script>&"'\u0007`
    const scene: Scene = { nodes: [{ ...node('a', -200, 0), label: hostile }, node('b', 200, 0)], edges: [edge('a', 'b'), { ...edge('b', 'a', 1), dash: { period: 14, drawn: 0.6 } }] }
    const pen = new SvgPen(SIZE, (text) => text.length * 7)
    paint(pen, scene, shot(), { ground: `#${'0'.repeat(6)}`, label: `#${'f'.repeat(6)}`, font: 'sans-serif', tokens: {} })
    const svg = pen.toString()
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;"\'</text>')
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1)
    expect(svg).not.toContain('\u0007')
  })
})
