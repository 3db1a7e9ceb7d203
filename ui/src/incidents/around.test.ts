import { describe, expect, it } from 'vitest'
import { aMinute, around, known } from './around'

const at = (clock: string): string => `2026-11-23T${clock}:00Z`

describe('the picture of an incident', () => {
  it('shows the half hour before it, and a quarter after its end', () => {
    expect(around(at('10:00'), at('11:00'), at('12:00'))).toEqual({ from: at('09:30'), to: at('11:15') })
  })
  it('ends with what is known', () => {
    expect(around(at('10:00'), at('11:00'), at('11:05'))).toEqual({ from: at('09:30'), to: at('11:05') })
    expect(around(at('10:00'), null, at('10:40'))).toEqual({ from: at('09:30'), to: at('10:40') })
  })
  it('shows how a long one began', () => {
    expect(around(at('10:00'), null, at('23:00'))).toEqual({ from: at('09:30'), to: at('14:00') })
  })
  it('has a minute at least where the newest version is from before it', () => {
    expect(around(at('10:00'), null, at('09:00'))).toEqual({ from: at('09:30'), to: at('10:01') })
  })
  it('begins with the first known minute of a young store', () => {
    const span = { from: at('09:30'), to: at('10:30') }
    expect(known(span, at('09:55'), at('10:00'))).toEqual({ from: at('09:55'), to: at('10:30') })
    expect(known(span, undefined, at('10:00'))).toEqual(span)
    expect(known(span, at('10:10'), at('10:00'))).toEqual(span)
  })
  it('does not know the usual of a minute where it is not known of how many it is', () => {
    expect(aMinute('0.05', 25)).toBe(0.002)
    expect(aMinute('0.05', null)).toBeNull()
    expect(aMinute('0.05', 0)).toBeNull()
  })
})
