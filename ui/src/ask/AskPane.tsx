import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { InvestigatorDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { Answer } from './Answer'
import { type ToolCall, type Turn, followUps, plainText } from './conversation'
import { SentView } from './SentView'
import { titleOf } from './sessions'
import { useConversation } from './useConversation'
import { useView } from '../shell/useView'

const LONGEST_QUESTION = 4000
/** A question of more characters scrolls away with its answer: it would leave no room to read that. */
const MOST_STAYING = 160

/** Explain it to me: question, steps, answer; every figure that nothing proves is marked. */
export function AskPane({ onClose, whole = false }: { readonly onClose: () => void; readonly whole?: boolean }): ReactNode {
  const variables = useMemo(() => ({}), [])
  const { data, problem } = useDocument(InvestigatorDocument, variables)
  const { session, sessions, running, ask, stop, begin, open } = useConversation()
  const { turns } = session
  const { view, go } = useView()
  const about = view.selection?.kind === 'transfer' ? view.selection.id : null
  const end = useRef<HTMLDivElement>(null)
  const status = data?.investigator
  useEffect(() => {
    // In braces: newer browsers return a promise, which an effect must not.
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [turns])
  useEffect(() => {
    // What was followed to its end while it came is read from its beginning.
    if (!running) end.current?.parentElement?.querySelector('.turn:last-of-type')?.scrollIntoView({ block: 'start' })
  }, [running])
  return (
    <aside className={whole ? 'pane ask whole' : 'pane ask'} aria-label="Ask">
      {!whole && <button type="button" className="button icon close" aria-label="Close Ask" title="Close (a)" onClick={onClose}>×</button>}
      <header className="pane-head">
        <p className="quiet">{status ? `answers by ${displayName(status.engine)}${status.model === '' ? '' : `, ${displayName(status.model)}`}` : ' '}</p>
        <h2>Ask</h2>
        <div className="sessions">
          {sessions.length > 1 && (
            <select aria-label="Conversations" value={session.key} onChange={(event) => open(Number(event.target.value))}>
              {sessions.map((one) => <option key={one.key} value={one.key}>{titleOf(one)}</option>)}
            </select>
          )}
          {turns.length > 0 && <button type="button" className="button small" onClick={begin}>New</button>}
          {!whole && <button type="button" className="button small" title="On the whole screen (g a)" onClick={() => go('/ask', { ask: false, selection: view.selection })}>Whole screen</button>}
        </div>
      </header>
      {(!status || status.notice !== '') && !problem && <p className={status ? 'notice' : 'notice waiting'}>{status ? displayName(status.notice, 600) : ''}</p>}
      {problem && <p className="notice warn"><b>{problem.code}</b> {problem.message} {problem.hint}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keyboard */}
      <div className="turns" role="log" aria-label="Conversation" tabIndex={0}>
        {turns.map((turn, index) => (
          // Turns are only ever added at the end.
          // oxlint-disable-next-line react/no-array-index-key
          <TurnView key={index} turn={turn} last={index === turns.length - 1 && !running} onAsk={ask} onRetry={() => ask(turn.question)} />
        ))}
        {turns.length === 0 && status && (
          <ul className="suggestions" aria-label="Suggested questions">
            {status.suggestions.map((question) => <li key={question}><button type="button" className="button" onClick={() => ask(question)}>{displayName(question, 200)}</button></li>)}
          </ul>
        )}
        <div ref={end} />
      </div>
      {about !== null && !running && <button type="button" className="button" onClick={() => ask(`Why does transfer ${about} cost what it costs?`)}>Why this transfer?</button>}
      <Composer running={running} conversation={session.conversation} onAsk={ask} onStop={stop} />
    </aside>
  )
}

function Composer({ running, conversation, onAsk, onStop }: { readonly running: boolean; readonly conversation: string | null; readonly onAsk: (question: string) => void; readonly onStop: () => void }): ReactNode {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
  }, [])
  const send = (): void => {
    if (running || text.trim() === '') return
    onAsk(text.trim())
    setText('')
  }
  return (
    <form className="composer" onSubmit={(event) => { event.preventDefault(); send() }}>
      <textarea
        ref={field}
        aria-label="Question"
        placeholder="Ask about transfers, costs and causes"
        rows={2}
        maxLength={LONGEST_QUESTION}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') field.current?.blur()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <SentView question={text} conversation={conversation} />
      {running
        ? <button type="button" className="button" onClick={onStop}>Stop</button>
        : <button type="submit" className="button primary" disabled={text.trim() === ''}>Ask</button>}
    </form>
  )
}

function TurnView({ turn, last, onAsk, onRetry }: { readonly turn: Turn; readonly last: boolean; readonly onAsk: (question: string) => void; readonly onRetry: () => void }): ReactNode {
  const [opened, setOpened] = useState<string | null>(null)
  const ended = turn.state !== 'running'
  return (
    <article className="turn">
      <p className={turn.question.length > MOST_STAYING ? 'question' : 'question stays'}>{turn.question}</p>
      {turn.calls.map((call) => <CallView key={call.id} call={call} opened={opened === call.id} onToggle={(open) => setOpened((before) => (open ? call.id : before === call.id ? null : before))} />)}
      <Answer turn={turn} onEvidence={setOpened} />
      {turn.state === 'running' && turn.text === '' && <p className="quiet">Looking…</p>}
      {turn.state === 'stopped' && <p className="quiet">Stopped.</p>}
      {turn.problem && <p className="notice warn"><b>{turn.problem.code}</b> {turn.problem.message} {turn.problem.hint}</p>}
      {turn.state === 'done' && (
        <p className="quiet small">
          {turn.version === null ? 'nothing was folded' : `about v${turn.version}`}
          {turn.unproven > 0 && `, ${turn.unproven} unproven ${turn.unproven === 1 ? 'piece' : 'pieces'}`}
          {turn.tokens > 0 && `, ${formatCount(turn.tokens)} tokens`}
          {turn.cost !== null && `, $${turn.cost}`}
        </p>
      )}
      {ended && (
        <p className="turn-actions">
          <button type="button" className="button small" onClick={() => void navigator.clipboard.writeText(plainText(turn))}>Copy</button>
          {last && <button type="button" className="button small" onClick={onRetry}>Ask again</button>}
        </p>
      )}
      {last && followUps(turn).length > 0 && (
        <ul className="suggestions" aria-label="Follow-up questions">
          {followUps(turn).map((question) => <li key={question}><button type="button" className="button" onClick={() => onAsk(question)}>{question}</button></li>)}
        </ul>
      )}
    </article>
  )
}

function CallView({ call, opened, onToggle }: { readonly call: ToolCall; readonly opened: boolean; readonly onToggle: (open: boolean) => void }): ReactNode {
  const state = call.error !== null ? 'failed' : call.result === null ? 'running' : 'done'
  const view = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    // A figure's evidence may be far above it.
    if (opened) void view.current?.scrollIntoView({ block: 'nearest' })
  }, [opened])
  return (
    <details ref={view} className="call" open={opened} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>{displayName(call.name)} <span className="quiet">{state}</span></summary>
      <Json label="variables" text={pretty(call.input)} />
      <Json label={call.error === null ? 'result' : 'error'} text={call.error ?? (call.result === null ? 'not there yet' : pretty(call.result))} />
    </details>
  )
}

function Json({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  return (
    <figure className="json">
      <figcaption className="quiet small">{label}</figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
