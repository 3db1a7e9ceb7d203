import { formatShare, toBytes, type WireBytes } from './bytes'

interface Trust {
  readonly lostBytes?: WireBytes | null | undefined
  readonly version: { readonly bytes: WireBytes; readonly unknownBytes: WireBytes }
}

/**
 * Share of the version's bytes whose both ends are known: (bytes - unknown) / (bytes + lost).
 * Where a loss of unknown size was reported the share is an upper bound, and says so.
 */
export function accountedFor({ version, lostBytes }: Trust): string {
  const bytes = toBytes(version.bytes)
  const lost = lostBytes === null || lostBytes === undefined ? null : toBytes(lostBytes)
  const whole = bytes + (lost ?? 0n)
  if (whole === 0n) return 'no traffic'
  const share = formatShare(bytes - toBytes(version.unknownBytes), whole)
  return `${lost === null ? 'at most ' : ''}${share} accounted for`
}

/** Seconds behind which a screen says that it is stale: two minutes and the usual grace. */
export const STALE_SECONDS = 200
