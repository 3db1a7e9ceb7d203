import type { ReactNode } from 'react'
import { displayName } from '../lib/name'

/** A name from outside, made safe to show: isolated in direction, cut, the first 500 characters in the title. */
export function Name({ of, longest = 48 }: { readonly of: string; readonly longest?: number }): ReactNode {
  return <bdi className="name" title={displayName(of, 500)}>{displayName(of, longest)}</bdi>
}
