import { describe, expect, it } from 'vitest'
import { type AskEvent, type Figure, applyEvent, followUps, plainText, sign, startTurn } from './conversation'
import { parseAnswer } from './markdown'
import { NO_SESSIONS, begun, changed, currentOf, titleOf } from './sessions'

const FIGURE: Figure = {
  __typename: 'ChatFigure', text: '12 GiB', reference: 'f1', exact: '12884901888', unit: 'bytes', version: 7, window: null, call: 'c1', path: 'total.bytes', calculation: '', by: 'reference',
}

describe('a turn', () => {
  it('gathers text, replaces a call by its result, and ends', () => {
    const events: AskEvent[] = [
      { __typename: 'ChatToolCall', id: 'c1', name: 'transfers', input: '{}', result: null, error: null },
      { __typename: 'ChatText', text: 'It is ' },
      { __typename: 'ChatToolCall', id: 'c1', name: 'transfers', input: '{}', result: '[]', error: null },
      FIGURE,
      { __typename: 'ChatText', text: '.' },
      { __typename: 'ChatDone', conversation: 'k', version: 7, unproven: ['12'], inputTokens: 3, outputTokens: 4, costUsd: '0.01' },
    ]
    const turn = events.reduce(applyEvent, startTurn('why'))
    expect(turn).toEqual({
      question: 'why', text: `It is ${sign(0)}.`, pieces: [{ kind: 'figure', text: '12 GiB', figure: FIGURE }], state: 'done', unproven: 1, version: 7, tokens: 7, cost: '0.01', problem: null,
      calls: [{ id: 'c1', name: 'transfers', input: '{}', result: '[]', error: null }],
    })
    expect(plainText(turn)).toBe('It is 12 GiB.')
  })
  it('takes no sign of a piece from the text itself', () => {
    expect(applyEvent(startTurn('why'), { __typename: 'ChatText', text: `a${sign(0)}b` }).text).toBe('a0b')
  })
  it('suggests what was not asked yet', () => {
    const done = { ...startTurn('why'), state: 'done' as const, calls: [{ id: '1', name: 'savings', input: '{}', result: '{}', error: null }] }
    expect(followUps(done)).not.toContain('What would save the most?')
    expect(followUps(startTurn('why'))).toEqual([])
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
  it('puts pieces where their signs stand, in bold and lists too', () => {
    const piece = { kind: 'unproven' as const, text: '12', why: 'w' }
    const [list] = parseAnswer(`- **a ${sign(0)}** b ${sign(1)}`, [piece])
    expect(list).toEqual({ kind: 'list', items: [[{ kind: 'bold', text: 'a ' }, { kind: 'piece', piece }, { kind: 'text', text: ' b ' }]] })
  })
})

describe('conversations', () => {
  it('begin anew, are used again while empty, and are named by their first question', () => {
    expect(begun(NO_SESSIONS)).toEqual(NO_SESSIONS)
    const talked = changed(NO_SESSIONS, 1, (one) => ({ ...one, turns: [startTurn('why '.repeat(40))] }))
    const two = begun(talked)
    expect(two.current).toBe(2)
    expect(currentOf(two).turns).toEqual([])
    expect(titleOf(currentOf(talked))).toHaveLength(60)
    expect(titleOf(currentOf(two))).toBe('New conversation')
  })
})
