/** What all transfers of one line on the map have in common. */
export interface BundleKey {
  /** Id of the path class. */
  readonly path: string
  /** Ids of the nodes. */
  readonly source: string
  readonly destination: string
}

/** "vpc|w/lab/shop/Deployment/web|e/s3": the same for everyone, and short enough for a link. */
export function bundleId({ path, source, destination }: BundleKey): string {
  return [path, source, destination].map((part) => part.replace(/[%|]/g, encodeURIComponent)).join('|')
}

/** The key that bundleId wrote; null where the text is malformed. */
export function parseBundleId(id: string): BundleKey | null {
  const parts = id.split('|')
  const [path, source, destination] = parts
  if (parts.length !== 3 || path === undefined || !source || !destination) return null
  try {
    return { path: decodeURIComponent(path), source: decodeURIComponent(source), destination: decodeURIComponent(destination) }
  } catch {
    return null
  }
}
