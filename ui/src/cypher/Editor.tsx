import { autocompletion, completionKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { cypher } from '@codemirror/legacy-modes/mode/cypher'
import { EditorState } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { completionsAt } from './complete'
import { SCHEMA } from './schema'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onRun: () => void
}

/**
 * The statement's editor. It lives in a shadow root: there the library's styles are a constructed
 * sheet, which the page's policy allows, while a style element would be refused.
 */
export function Editor({ value, onChange, onRun }: Props): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ onChange, onRun, value })
  useLayoutEffect(() => {
    latest.current = { onChange, onRun, value }
  })
  useLayoutEffect(() => {
    const element = host.current
    if (!element) return undefined
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const made = new EditorView({
      root,
      parent: root as unknown as Element,
      state: EditorState.create({ doc: latest.current.value, extensions: extensions(() => latest.current.onRun(), (text) => latest.current.onChange(text)) }),
    })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [])
  // What is chosen outside comes in; what was typed here is there already.
  useLayoutEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])
  return <div ref={host} className="editor" />
}

function extensions(run: () => void, change: (text: string) => void) {
  return [
    lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), EditorView.lineWrapping,
    StreamLanguage.define(cypher), syntaxHighlighting(COLOURS), THEME,
    placeholder('MATCH (a:Workload)-[t:TRANSFERS]->(b) RETURN …'),
    EditorView.contentAttributes.of({ 'aria-label': 'Cypher statement' }),
    autocompletion({ override: [complete], icons: false }),
    keymap.of([
      { key: 'Mod-Enter', run: () => { run(); return true } },
      // Tab leaves the editor, so that the keyboard is never caught in it; Escape closes the completion.
      ...completionKeymap, ...defaultKeymap, ...historyKeymap,
    ]),
    EditorView.updateListener.of((update) => update.docChanged && change(update.state.doc.toString())),
  ]
}

function complete(context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString()
  const found = completionsAt(text.slice(0, context.pos), text, SCHEMA, context.explicit)
  return found && { from: found.from, options: found.suggestions.map(({ label, kind }) => ({ label, detail: kind, type: kind })), validFor: /^\w*$/ }
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: tags.number, color: 'var(--path-transit)' },
  { tag: tags.comment, color: 'var(--text-quiet)', fontStyle: 'italic' },
  { tag: [tags.atom, tags.definition(tags.variableName)], color: 'var(--path-public)' },
])

const THEME = EditorView.theme({
  '&': { fontSize: '13.5px', backgroundColor: 'var(--ground)', color: 'var(--text)', border: '1px solid var(--control-line)', borderRadius: '8px', overflow: 'hidden' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', maxHeight: '38vh', minHeight: '112px', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-quiet)', border: 'none', paddingRight: '4px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-ground)' },
  '.cm-placeholder': { color: 'var(--text-quiet)' },
  '.cm-matchingBracket': { outline: '1px solid var(--control-line)', backgroundColor: 'transparent' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--control-line)', borderRadius: '6px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '220px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-ground)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text-quiet)', fontStyle: 'normal', paddingLeft: '12px' },
})
