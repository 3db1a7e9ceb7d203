/** A count of bytes as the API sends it: a number up to 2^53, a decimal string above. */
export type WireBytes = number | string

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB'] as const

/** The exact count. Throws on what is not a whole number, so that a wrong figure is never shown. */
export function toBytes(wire: WireBytes): bigint {
  return BigInt(wire)
}

/** For people, in binary units, with at most 4 significant digits: "4.21 GiB". */
export function formatBytes(wire: WireBytes | bigint): string {
  const exact = BigInt(wire)
  const sign = exact < 0n ? '-' : ''
  let value = Math.abs(Number(exact))
  let unit = 0
  // 1023.95 would round to "1024 KiB"; the next unit says it better.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 ? 0 : value < 10 ? 2 : 1
  return `${sign}${trimZeros(value.toFixed(digits))} ${UNITS[unit] ?? 'B'}`
}

/** The exact count with thousands grouped: "4,520,123,123 B". */
export function formatExactBytes(wire: WireBytes | bigint): string {
  return `${groupThousands(BigInt(wire))} B`
}

/** A count without unit, grouped: "1,204". */
export function formatCount(wire: WireBytes | bigint): string {
  return groupThousands(BigInt(wire))
}

/** A count with what is counted: "1 minute", "1,204 minutes". */
export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`
}

/** part of whole in percent, cut (never rounded up) to 2 decimals: 99.999 % stays "99.99 %". */
export function formatShare(part: bigint, whole: bigint): string {
  if (whole === 0n) return '0 %'
  const hundredths = (part * 10_000n) / whole
  if (hundredths === 0n && part > 0n) return '< 0.01 %'
  const text = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
  return `${trimZeros(text)} %`
}

function groupThousands(value: bigint): string {
  return value.toLocaleString('en-US')
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
