import { type ReactNode, useMemo, useState } from 'react'
import { AskPreviewDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'

/** Exactly what would leave for the model's provider if a question were asked now. Nothing is sent to show it. */
export function SentView({ question, conversation }: { readonly question: string; readonly conversation: string | null }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details className="sent" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What is sent</summary>
      {open && <Preview question={question} conversation={conversation} />}
    </details>
  )
}

function Preview({ question, conversation }: { readonly question: string; readonly conversation: string | null }): ReactNode {
  const variables = useMemo(() => ({ question: question.trim() === '' ? '(your question)' : question, conversation }), [question, conversation])
  const { data, problem } = useDocument(AskPreviewDocument, variables, { policy: 'network-only', keep: true })
  if (problem) return <p className="notice warn"><b>{problem.code}</b> {problem.message} {problem.hint}</p>
  if (!data) return <p className="quiet small">Looking…</p>
  if (data.askPreview === '') return <p className="quiet small">Nothing: the answers are made here, by rule.</p>
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
  return <pre tabIndex={0}>{data.askPreview}</pre>
}
