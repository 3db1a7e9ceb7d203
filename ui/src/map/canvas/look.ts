import { PATH_CLASSES } from '../../lib/paths'
import { tokenColor } from '../../theme/theme'
import { KIND_SHAPES } from '../kinds'
import type { Look } from './picture'

/** The theme's colours at this moment. */
export function lookOf(container: HTMLElement, past: boolean): Look {
  const tokens = [...PATH_CLASSES, ...Object.values(KIND_SHAPES)].map(({ token }) => [token, tokenColor(token)])
  return {
    ground: tokenColor(past ? '--map-past-ground' : '--map-ground'),
    label: tokenColor('--map-label'),
    font: getComputedStyle(container).fontFamily,
    tokens: Object.fromEntries(tokens) as Record<string, string>,
  }
}
