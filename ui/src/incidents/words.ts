import type { AnomalyKind } from '../gql/graphql'

/** What happened, in words. */
export const KIND_WORDS: Record<AnomalyKind, string> = {
  SPIKE: 'spike', STEP: 'step', SLOW_BURN: 'slow burn', NEW_EDGE: 'new pair', NEW_DESTINATION: 'new destination outside',
  LEAK_LIKE: 'like a leak', PATH_CHANGE: 'dearer way', PRICE_CHANGE: 'price change', FALL: 'fall',
}
