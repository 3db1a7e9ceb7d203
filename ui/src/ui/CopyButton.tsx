import { type ReactNode, useState } from 'react'

/** Copies a text; says so, or what to do where the browser forbids it. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const [said, setSaid] = useState('')
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(() => setSaid('copied')).catch(() => setSaid('not allowed here'))
  }
  return <span className="copy"><button type="button" className="button small" title={text.slice(0, 600)} onClick={copy}>{label}</button><span role="status" className="quiet small">{said}</span></span>
}
