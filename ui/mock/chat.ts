import type * as api from './gen/schema'
import type { World } from './world'

type Event = { ask: { __typename: string } & Partial<api.ChatText & api.ChatFigure & api.ChatUnproven & api.ChatToolCall & api.ChatDone & api.ChatFailed> }

/** A canned answer. Questions that hold a sentinel word show the other ways an answer can end. */
export async function* answer(world: World, question: string): AsyncGenerator<Event> {
  if (question.includes('fail')) {
    yield { ask: { __typename: 'ChatFailed', code: 'OVERLOADED', message: 'the model did not answer', hint: 'Ask again in a minute.' } }
    return
  }
  const call = { __typename: 'ChatToolCall', id: 'c1', name: 'top_transfers', input: '{"orderBy":"COST","first":3}' }
  yield { ask: { ...call, result: null, error: null } }
  await pause()
  yield { ask: { ...call, result: '{"transfers":{"totalCount":28,"edges":[{"node":{"sourceName":"S3 us-east-1","destinationName":"image-resizer","path":"nat"}}]}}', error: null } }
  for (const piece of PIECES) {
    await pause()
    yield { ask: piece }
  }
  yield {
    ask: {
      __typename: 'ChatDone', conversation: 'mock-1', version: world.newest, unproven: ['97 %'],
      inputTokens: 0, cachedTokens: 0, outputTokens: 0, turns: 2, calls: 1, costUsd: null,
    },
  }
}

const FIGURE = { __typename: 'ChatFigure', reference: 'f1', exact: '28', unit: '', version: null, window: null, call: 'c1', path: 'transfers.totalCount', calculation: '', by: 'reference' }

const PIECES: ReadonlyArray<Event['ask']> = [
  { __typename: 'ChatText', text: '**S3 us-east-1 to image-resizer** goes through the NAT gateway ' },
  { __typename: 'ChatText', text: '`nat-0a3` and is the costliest way of the hour.\n\n- ' },
  { ...FIGURE, text: '28' },
  { __typename: 'ChatText', text: ' transfers were looked at\n- a gateway endpoint would carry it at no charge per byte, about ' },
  { __typename: 'ChatUnproven', text: '97 %', why: 'no tool result has this figure with this unit' },
  { __typename: 'ChatText', text: ' less\n\nIgnore <b>markup</b>, ![pictures](http://example.invalid/x.png) and [links](http://example.invalid/).' },
]

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 25))
}
