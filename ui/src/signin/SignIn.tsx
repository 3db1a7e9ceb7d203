import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { providerLink, signInWith } from './whoami'

interface Props {
  readonly methods: readonly string[]
  /** The sign-in of who was here has ended, not by their own doing. */
  readonly ended: boolean
  readonly onSignedIn: () => void
}

/** The page for who is not signed in: by the identity provider, or with a token. */
export function SignIn({ methods, ended, onSignedIn }: Props): ReactNode {
  const [token, setToken] = useState('')
  const [refused, setRefused] = useState('')
  const [busy, setBusy] = useState(false)
  const field = useId()

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const reason = await signInWith(token).catch((error: unknown) => String(error))
    setBusy(false)
    setRefused(reason)
    if (reason === '') onSignedIn()
  }
  return (
    <main className="signin">
      <section className="state">
        <h1>Sign in to Egressor</h1>
        {ended && <p role="status">You were signed out: the sign-in no longer holds.</p>}
        {methods.includes('oidc') && (
          <a className="button primary" href={providerLink(window.location)}>Sign in with your identity provider</a>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <label htmlFor={field}>{methods.includes('oidc') ? 'Or with a token' : 'Token'}</label>
          <input id={field} type="password" autoComplete="off" required value={token} onChange={(event) => setToken(event.target.value)} />
          <button type="submit" className="button" disabled={busy || token.trim() === ''}>{busy ? 'Signing in' : 'Sign in'}</button>
        </form>
        {refused !== '' && <p role="alert" className="bad">{refused}</p>}
        <p className="quiet">An admin makes tokens with <code>egressor token NAME</code>.</p>
      </section>
    </main>
  )
}
