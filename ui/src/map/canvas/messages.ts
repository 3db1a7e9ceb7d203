import type { Scene } from '../scene'
import type { Look, Shot } from './picture'

/** From the page to the painter. */
export type Order =
  | { readonly kind: 'scene'; readonly scene: Scene; readonly look: Look }
  | { readonly kind: 'shot'; readonly shot: Shot; readonly ratio: number }
  | { readonly kind: 'file'; readonly shot: Shot; readonly ratio: number }

/** From the painter to the page: a picture for the screen, or one as a file. */
export type Painted =
  | { readonly kind: 'shot'; readonly bitmap: ImageBitmap; readonly shot: Shot }
  | { readonly kind: 'file'; readonly file: Blob }
