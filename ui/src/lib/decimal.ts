/**
 * An exact decimal: units * 10^-scale. Money is summed in it and never in floats.
 * The API's amounts may have forty digits behind the point.
 */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export const ZERO: Decimal = { units: 0n, scale: 0 }

/** Reads "-12.0340". Throws on anything else, so that a wrong amount is never shown. */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new Error(`amount ${JSON.stringify(text.slice(0, 40))} is not a decimal number`)
  const [, sign, whole = '0', fraction = ''] = match
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: atScale(a, scale) + atScale(b, scale), scale }
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce(add, ZERO)
}

/** Negative where a < b, 0 where equal, positive where a > b. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = atScale(a, scale)
  const right = atScale(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Rounded half to even to `digits` decimals, as whole units of 10^-digits. */
export function roundTo(value: Decimal, digits: number): bigint {
  if (digits >= value.scale) return atScale(value, digits)
  const divisor = 10n ** BigInt(value.scale - digits)
  const floor = floorDivide(value.units, divisor)
  const twice = (value.units - floor * divisor) * 2n
  const up = twice > divisor || (twice === divisor && floor % 2n !== 0n)
  return up ? floor + 1n : floor
}

/** Floor of value at `digits` decimals, as whole units of 10^-digits. */
export function floorTo(value: Decimal, digits: number): bigint {
  if (digits >= value.scale) return atScale(value, digits)
  return floorDivide(value.units, 10n ** BigInt(value.scale - digits))
}

/** The exact text, without trailing zeros. */
export function toText({ units, scale }: Decimal): string {
  const negative = units < 0n
  const digits = String(negative ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Decimal exponent of the first significant digit: 0 for 1..9.99, -3 for 0.004; 0 for zero. */
export function magnitude({ units, scale }: Decimal): number {
  if (units === 0n) return 0
  return String(units < 0n ? -units : units).length - 1 - scale
}

function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale)
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}
