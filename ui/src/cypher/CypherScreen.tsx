import { type ReactNode, Suspense, lazy, useMemo, useState } from 'react'
import { CypherDocument, SavedCypherDocument } from '../api/documents'
import { useHead } from '../api/head'
import { useDocument } from '../api/useDocument'
import { useWindows } from '../api/window'
import { displayName } from '../lib/name'
import { useView } from '../shell/useView'
import { Failure, Skeleton } from '../ui/states'
import { useShelf } from './kept'
import { Parameters } from './Parameters'
import { decodeParameters, encodeParameters, fieldsOf, parseParameters, type Shipped } from './parameters'
import { ResultView } from './ResultView'
import { Schema } from './Schema'
import { Shelves } from './Shelves'

const Editor = lazy(() => import('./Editor').then((module) => ({ default: module.Editor })))
const NOTHING = {}
const NO_QUERIES: readonly Shipped[] = []
const MOST_ROWS = 1000

/** My own question: a statement, its parameters, and the answer as table or graph. The link holds all of it. */
export function CypherScreen(): ReactNode {
  const { view, patch } = useView()
  const { meta } = useHead()
  const saved = useDocument(SavedCypherDocument, NOTHING)
  const shipped = saved.data?.savedCypher ?? NO_QUERIES
  const mine = useShelf('egressor.cypher.mine')
  const past = useShelf('egressor.cypher.history')
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null)
  const [typed, setTyped] = useState<{ readonly values: Record<string, string>; readonly of: string }>({ values: {}, of: '' })

  // A link, or a query that was run, replaces what is being typed.
  const link = `${view.cypher}\n${view.parameters}`
  const text = draft?.of === link ? draft.text : view.cypher
  const values = typed.of === link ? typed.values : decodeParameters(view.parameters)
  const fields = useMemo(() => fieldsOf(text, shipped), [text, shipped])
  const title = shipped.find((one) => one.statement === text)?.title ?? ''

  // A statement about $transfers is asked of the window and version on the screen; every other of the graph as it is now.
  const windows = useWindows(view)
  const history = view.cypher.includes('$transfers')
  const variables = useMemo(
    () => ({ query: view.cypher, params: parseParameters(view.parameters), window: history ? windows.window : null, limit: MOST_ROWS }),
    [view.cypher, view.parameters, history, windows.window],
  )
  const answer = useDocument(CypherDocument, variables, { pause: view.cypher === '' || (history && windows.range === null), policy: 'network-only', keep: true })

  const run = (): void => {
    if (text.trim() === '') return
    const parameters = encodeParameters(fields, values)
    past.put({ title, statement: text, parameters })
    if (text === view.cypher && parameters === view.parameters) answer.retry()
    else patch({ cypher: text, parameters })
  }
  const choose = (statement: string, parameters: string): void => {
    setDraft({ text: statement, of: link })
    setTyped({ values: decodeParameters(parameters), of: link })
  }
  return (
    <div className="cypher">
      <Shelves shipped={shipped} mine={mine.list} history={past.list} current={text} onChoose={choose} onDrop={mine.drop} />
      <section className="cypher-main">
        <header>
          <h2>{title === '' ? 'Cypher' : displayName(title, 120)}</h2>
          <p className="quiet">Asks the graph as it is now, for reading alone. A statement that reads <code>$transfers</code> gets those of the window above, as of its version.</p>
        </header>
        {saved.problem && <p className="notice warn"><b>{saved.problem.code}</b> {saved.problem.message} {saved.problem.hint}</p>}
        <Suspense fallback={<pre className="editor-place">{text}</pre>}>
          <Editor value={text} onChange={(next) => setDraft({ text: next, of: link })} onRun={run} />
        </Suspense>
        <Parameters fields={fields} values={values} onChange={(name, value) => setTyped({ values: { ...values, [name]: value }, of: link })} onRun={run} />
        <div className="cypher-actions">
          <button type="button" className="button primary" disabled={text.trim() === '' || answer.loading} onClick={run}>Run</button>
          <span className="quiet small"><kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Ctrl</kbd> <kbd>Space</kbd> completes</span>
          <span className="grow" />
          <Schema />
          <Keep disabled={text.trim() === ''} suggested={title} onKeep={(name) => mine.put({ title: name, statement: text, parameters: encodeParameters(fields, values) })} />
        </div>
        {answer.loading && view.cypher !== '' && <Skeleton label="the answer" rows={5} />}
        {answer.problem && <Failure problem={answer.problem} retry={answer.retry} />}
        {answer.data && !answer.problem && <ResultView key={link} result={answer.data.cypher} currency={meta?.version.cost?.currency ?? 'USD'} />}
        {view.cypher === '' && text === '' && <p className="quiet start">Choose a shipped query at the side, or write a statement. Every answer can be opened on the map.</p>}
      </section>
    </div>
  )
}

function Keep({ disabled, suggested, onKeep }: { readonly disabled: boolean; readonly suggested: string; readonly onKeep: (title: string) => void }): ReactNode {
  const [name, setName] = useState<string | null>(null)
  if (name === null) return <button type="button" className="button" disabled={disabled} onClick={() => setName(suggested)}>Keep…</button>
  return (
    <form className="keep" onSubmit={(event) => { event.preventDefault(); onKeep(name.trim() === '' ? 'Untitled' : name.trim()); setName(null) }}>
      <input type="text" aria-label="Name of the query" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button">Keep</button>
      <button type="button" className="link" onClick={() => setName(null)}>cancel</button>
    </form>
  )
}
