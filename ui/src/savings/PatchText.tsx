import { type ReactNode, useState } from 'react'
import { displayName } from '../lib/name'

interface Props {
  readonly patch: { readonly tool: string; readonly text: string }
}

/** A patch to copy. It is shown whole and copied as it is. */
export function PatchText({ patch }: Props): ReactNode {
  const [copied, setCopied] = useState('')
  const copy = (): void => {
    navigator.clipboard.writeText(patch.text).then(() => setCopied('copied')).catch(() => setCopied('select it and copy by hand'))
  }
  return (
    <figure className="patch">
      <figcaption>
        {displayName(patch.tool, 24)} <button type="button" className="link" aria-label={`copy the ${displayName(patch.tool, 24)} patch`} onClick={copy}>copy</button> <span role="status" className="quiet">{copied}</span>
      </figcaption>
      {/* A region that scrolls must be reachable with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{patch.text}</pre>
    </figure>
  )
}
