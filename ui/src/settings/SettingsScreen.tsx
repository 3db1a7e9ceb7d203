import type { ReactNode } from 'react'
import { SettingsDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import { Facts } from '../drawer/parts'
import { formatCount } from '../lib/bytes'
import { displayName } from '../lib/name'
import { useWho } from '../signin/Door'
import { type Theme, setTheme, useTheme } from '../theme/theme'
import { Bytes } from '../ui/figures'
import { Failure, Skeleton } from '../ui/states'
import { OPEN_VIEWS } from '../views/Views'
import { ConsoleLink } from './ConsoleLink'
import { Stated } from './Stated'

const NOTHING = {}
const THEMES: ReadonlyArray<readonly [Theme, string]> = [['dark', 'Dark'], ['light', 'Light']]

/** How is it set up: what applies to this person, and what the service was started with. */
export function SettingsScreen(): ReactNode {
  const { data, problem, retry } = useDocument(SettingsDocument, NOTHING, { policy: 'network-only' })
  return (
    <section className="screen settings">
      <h2>Settings</h2>
      <div className="panels">
        <You />
        <ConsoleLink />
        {problem && <Failure problem={problem} retry={retry} />}
        {!data && !problem && <Skeleton label="the settings" rows={6} />}
        {data && (
          <>
            <section className="panel" aria-label="Prices">
              <h2>Prices</h2>
              <Facts rows={[['Price book', displayName(data.meta?.version.priceBook ?? 'nothing is folded yet')], ['Tiers', data.meta ? displayName(data.meta.version.pricingMode) : null]]} />
              <p className="quiet small">Set with <code>--price-book</code> and <code>--pricing-mode</code>; <code>egressor reprice</code> prices the past anew. docs/formats/pricebook.md describes a book, and discounts of your own.</p>
            </section>
            <section className="panel" aria-label="Investigator">
              <h2>Investigator</h2>
              <Facts rows={[['Answers by', displayName(data.investigator.engine)], ['Model', data.investigator.model && displayName(data.investigator.model)]]} />
              <p className="quiet small">{displayName(data.investigator.notice, 600)}</p>
            </section>
            <Where />
            <section className="panel" aria-label="Limits of a request">
              <h2>Limits of a request</h2>
              <Facts rows={[
                ['Time', `${data.limits.seconds} s`], ['Window', `${formatCount(data.limits.windowMinutes)} minutes`], ['Transfers', formatCount(data.limits.transfers)], ['Raw rows', formatCount(data.limits.flowRows)],
                ['Complexity', formatCount(data.limits.complexity)], ['Depth', formatCount(data.limits.depth)], ['Body', <Bytes key="b" of={data.limits.bodyBytes} />], ['Documents', data.limits.documentsOnly ? 'only persisted ones' : 'any'],
              ]} />
            </section>
          </>
        )}
      </div>
      {(data ?? problem) && <Stated />}
    </section>
  )
}

function You(): ReactNode {
  const who = useWho()
  const theme = useTheme()
  return (
    <section className="panel" aria-label="You">
      <h2>You</h2>
      <Facts rows={[
        ['Signed in as', who.signIn === 'off' ? 'nobody: sign-in is off on this address' : displayName(who.name)],
        ['Role', displayName(who.role)],
        ['Sees', who.scopes.map((scope) => displayName(scope)).join(', ')],
        ['Theme', (
          <fieldset key="theme" className="segmented">
            <legend className="hidden">Theme</legend>
            {THEMES.map(([id, label]) => <button key={id} type="button" aria-pressed={theme === id} onClick={() => setTheme(id)}>{label}</button>)}
          </fieldset>
        )],
        ['Views', <button key="views" type="button" className="link" onClick={() => window.dispatchEvent(new Event(OPEN_VIEWS))}>kept views</button>],
      ]} />
      <p className="quiet small">Roles, scopes and tokens are in the access file (docs/formats/access.md): <code>egressor token</code> makes one.</p>
    </section>
  )
}

/** Where what cannot be changed here is changed. */
function Where(): ReactNode {
  return (
    <section className="panel" aria-label="Set elsewhere">
      <h2>Set elsewhere</h2>
      <Facts rows={[
        ['Endpoint file', <><code>--endpoints</code> <span className="quiet">stands beside what is stated below: docs/formats/endpoints.md</span></>],
        ['Overlay file', <><code>--price-overlay</code> <span className="quiet">until one below takes its place: docs/formats/overlay.md</span></>],
        ['Alerts', <><code>--alert-webhook</code>, <code>--alert-slack</code>, <code>--alert-alertmanager</code></>],
      ]} />
    </section>
  )
}
