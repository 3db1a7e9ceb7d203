import type { Scene } from './scene'

/** What the pointer is over or what was clicked; null is the ground. */
export type Target = { readonly kind: 'node' | 'bundle'; readonly id: string }

export interface MapEvents {
  /** The pointer came onto something, or left it (null); x and y in pixels of the container. */
  readonly onHover: (target: Target | null, x: number, y: number) => void
  readonly onClick: (target: Target | null) => void
  /** A person dragged a node and let go of it, at a place in units of the map. */
  readonly onMoved: (id: string, x: number, y: number) => void
  /** A node was clicked twice: what it stands for is wanted. */
  readonly onOpen: (id: string) => void
  /** The picture cannot be drawn, and why. */
  readonly onFailed: (why: string) => void
}

/** Nodes and lines that stand out while the others step back. */
export interface Lit {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** Draws a scene. Only MapCanvas knows which one does (test/rules.test.ts). */
export interface MapRenderer {
  /** Shows a scene; nodes that are pinned or were dragged stay where they were put. */
  setScene: (scene: Scene) => void
  /** Lights one thing and its neighbours and dims the rest; null lights all. */
  highlight: (target: Target | null) => void
  /** Lights these and dims the rest, until something is highlighted; null ends it. */
  trace: (lit: Lit | null) => void
  /** The picture as a PNG file. */
  snapshot: () => Promise<Blob>
  /** The picture as the text of an SVG file. */
  vector: () => string
  /** Moves the camera so that everything is seen. */
  fit: () => void
  /** Factor above 1 comes closer. */
  zoom: (factor: number) => void
  /** Moves the picture by shares of the screen. */
  pan: (x: number, y: number) => void
  /** Puts these nodes at places of their own and all others where the scene has them. */
  pin: (places: ReadonlyMap<string, { readonly x: number; readonly y: number }>) => void
  /** Where a node or bundle is on the screen, for tests and tooltips; null where it is not drawn. */
  locate: (target: Target) => { readonly x: number; readonly y: number } | null
  destroy: () => void
}
