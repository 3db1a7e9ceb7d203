import { type ReactNode, useState } from 'react'
import { consoleTemplate, LONGEST_TEMPLATE, setConsoleTemplate } from '../lib/console'
import { consoleLink } from '../drawer/queries'

const EXAMPLE = 'w/cluster/shop/Deployment/checkout'

/** Where workloads are looked at in this person's console: the drawer then links to it. */
export function ConsoleLink(): ReactNode {
  const [text, setText] = useState(consoleTemplate)
  const [said, setSaid] = useState('')
  const link = consoleLink(text.trim(), EXAMPLE)
  const save = (): void => {
    setConsoleTemplate(text)
    setSaid('kept in this browser')
  }
  return (
    <section className="panel" aria-label="Kubernetes console">
      <h2>Kubernetes console</h2>
      <form className="console-form" onSubmit={(event) => { event.preventDefault(); save() }}>
        <label>
          Address of a workload
          <input type="text" value={text} maxLength={LONGEST_TEMPLATE} placeholder="https://console.example/{cluster}/{namespace}/{kind}/{name}" onChange={(event) => { setText(event.target.value); setSaid('') }} />
        </label>
        <button type="submit" className="button" disabled={text.trim() !== '' && link === null}>Keep</button>
        <span role="status" className="quiet small">{said}</span>
      </form>
      <p className="quiet small name">{text.trim() === '' ? 'With an address, the drawer of a workload links to it.' : (link ?? 'It has to begin with https:// and a host; {cluster}, {namespace}, {kind} and {name} are filled in.')}</p>
    </section>
  )
}
