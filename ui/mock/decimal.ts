/** bytes / unitBytes * rate as an exact decimal string; unitBytes must be made of twos and fives. */
export function charge(bytes: bigint, unitBytes: bigint, rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.')
  let numerator = bytes * BigInt(whole + fraction)
  let denominator = unitBytes * 10n ** BigInt(fraction.length)
  let scale = 0
  while (denominator !== 1n) {
    const ten = denominator % 10n === 0n
    if (ten) denominator /= 10n
    else if (denominator % 2n === 0n) {
      numerator *= 5n
      denominator /= 2n
    } else {
      numerator *= 2n
      denominator /= 5n
    }
    scale++
  }
  return decimal(numerator, scale)
}

/** Exact sum of decimal strings. */
export function addUp(amounts: readonly string[]): string {
  const scale = Math.max(0, ...amounts.map((text) => text.split('.')[1]?.length ?? 0))
  const units = amounts.reduce((sum, text) => {
    const [whole = '0', fraction = ''] = text.split('.')
    return sum + BigInt(whole + fraction.padEnd(scale, '0'))
  }, 0n)
  return units < 0n ? negated(decimal(-units, scale)) : decimal(units, scale)
}

/** The same amount with the other sign. */
export function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : Number(amount) === 0 ? amount : `-${amount}`
}

/** Nanos of the currency unit, cut. */
export function nanos(amount: string): number {
  const [whole = '0', fraction = ''] = amount.split('.')
  return Number(whole + fraction.slice(0, 9).padEnd(9, '0'))
}

function decimal(units: bigint, scale: number): string {
  const digits = String(units).padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - scale)
  return scale === 0 || fraction === '' ? whole : `${whole}.${fraction}`
}
