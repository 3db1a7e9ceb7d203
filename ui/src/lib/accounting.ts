import { formatShare, toBytes, type WireBytes } from './bytes'

interface Trust {
  readonly lostBytes?: WireBytes | null | undefined
  readonly version: { readonly bytes?: WireBytes | null | undefined; readonly unknownBytes?: WireBytes | null | undefined }
}

/**
 * Share of the version's bytes whose both ends are known: (bytes - unknown) / (bytes + lost).
 * Where a loss of unknown size was reported the share is an upper bound, and says so.
 * Who may see only some namespaces is told that instead.
 */
export function accountedFor({ version, lostBytes }: Trust): string {
  if (version.bytes === null || version.bytes === undefined) return 'your namespaces'
  const bytes = toBytes(version.bytes)
  const lost = lostBytes === null || lostBytes === undefined ? null : toBytes(lostBytes)
  const whole = bytes + (lost ?? 0n)
  if (whole === 0n) return 'no traffic'
  const share = formatShare(bytes - toBytes(version.unknownBytes ?? 0), whole)
  return `${lost === null ? 'at most ' : ''}${share} accounted for`
}

/** A reported loss: none, one whose bytes are known, or one whose size nobody can tell. */
export type LossKind = 'none' | 'some' | 'unsized'

export function lossOf(lostBytes: WireBytes | null | undefined): LossKind {
  if (lostBytes === null || lostBytes === undefined) return 'unsized'
  return toBytes(lostBytes) === 0n ? 'none' : 'some'
}

/** What a loss of unknown size means. The usual one needs no action, so it is told calmly. */
export const UNSIZED_LOSS =
  'a loss without a known size was reported. After the start of an agent this is usual: what connections that were already open had moved before it cannot be known, from then on they are counted. If it stays for more than an hour, run egressor doctor on that machine.'

export const SOME_LOSS = 'an agent saw these bytes and could not report them. Run egressor doctor on its machine to learn why.'

/** Seconds behind which a screen says that it is stale: two minutes and the usual grace. */
export const STALE_SECONDS = 200
