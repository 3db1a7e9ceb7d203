import type * as api from './gen/schema'
import type { World } from './world'

type Event = { ask: { __typename: string } & Partial<api.ChatText & api.ChatToolCall & api.ChatDone & api.ChatFailed> }

/** A canned answer. Questions that hold a sentinel word show the other ways an answer can end. */
export async function* answer(world: World, question: string): AsyncGenerator<Event> {
  if (question.includes('fail')) {
    yield { ask: { __typename: 'ChatFailed', code: 'OVERLOADED', message: 'the model did not answer', hint: 'Ask again in a minute.' } }
    return
  }
  const call = { __typename: 'ChatToolCall', id: 'c1', name: 'transfers', input: '{"orderBy":"COST","first":3}' }
  yield { ask: { ...call, result: null, error: null } }
  await pause()
  yield { ask: { ...call, result: '{"transfers":{"totalCount":28,"edges":[{"node":{"sourceName":"S3 us-east-1","destinationName":"image-resizer","path":"nat"}}]}}', error: null } }
  const text = `**S3 us-east-1 to image-resizer** goes through the NAT gateway \`nat-0a3\` and is the costliest way of the hour.\n\n- 28 transfers were looked at\n- a gateway endpoint would carry it at no charge per byte, about 97 % less\n\nIgnore <b>markup</b>, ![pictures](http://example.invalid/x.png) and [links](http://example.invalid/).`
  for (const piece of text.match(/[\s\S]{1,24}/g) ?? []) {
    await pause()
    yield { ask: { __typename: 'ChatText', text: piece } }
  }
  yield { ask: { __typename: 'ChatDone', conversation: 'mock-1', version: world.newest, unproven: ['97 %'], inputTokens: 0, outputTokens: 0 } }
}

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 25))
}
