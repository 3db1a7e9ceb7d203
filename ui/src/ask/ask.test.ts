import { describe, expect, it } from 'vitest'
import { type AskEvent, applyEvent, startTurn } from './conversation'
import { parseAnswer } from './markdown'

describe('a turn', () => {
  it('gathers text, replaces a call by its result, and ends', () => {
    const events: AskEvent[] = [
      { __typename: 'ChatToolCall', id: 'c1', name: 'transfers', input: '{}', result: null, error: null },
      { __typename: 'ChatText', text: 'It is ' },
      { __typename: 'ChatToolCall', id: 'c1', name: 'transfers', input: '{}', result: '[]', error: null },
      { __typename: 'ChatText', text: '12 GiB.' },
      { __typename: 'ChatDone', conversation: 'k', version: 7, unproven: ['12'], inputTokens: 3, outputTokens: 4 },
    ]
    expect(events.reduce(applyEvent, startTurn('why'))).toEqual({
      question: 'why', text: 'It is 12 GiB.', state: 'done', unproven: ['12'], version: 7, tokens: 7, problem: null,
      calls: [{ id: 'c1', name: 'transfers', input: '{}', result: '[]', error: null }],
    })
  })
  it('keeps what was said when it fails', () => {
    const turn = applyEvent({ ...startTurn('why'), text: 'half' }, { __typename: 'ChatFailed', code: 'X', message: 'm', hint: 'h' })
    expect(turn).toMatchObject({ state: 'failed', text: 'half', problem: { code: 'X', message: 'm', hint: 'h' } })
  })
})

describe('an answer', () => {
  it('has paragraphs, lists, bold and code', () => {
    expect(parseAnswer('# Head\n\na **b** `c`\n- one\n- two', [])).toEqual([
      { kind: 'paragraph', spans: [{ kind: 'bold', text: 'Head' }] },
      { kind: 'paragraph', spans: [{ kind: 'text', text: 'a ' }, { kind: 'bold', text: 'b' }, { kind: 'text', text: ' ' }, { kind: 'code', text: 'c' }] },
      { kind: 'list', items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]] },
    ])
  })
  it('leaves HTML, links and images as text', () => {
    const text = '<script>x</script> [a](http://b) ![c](http://d)'
    expect(parseAnswer(text, [])).toEqual([{ kind: 'paragraph', spans: [{ kind: 'text', text }] }])
  })
  it('marks an unproven figure only where it stands as a whole', () => {
    const [block] = parseAnswer('12 of 128, 3.12 and 12.', ['12'])
    expect(block?.kind === 'paragraph' && block.spans.filter((span) => span.kind === 'unproven')).toHaveLength(2)
  })
})
