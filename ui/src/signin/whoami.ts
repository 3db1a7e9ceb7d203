/** Who is signed in, as /auth/me answers. */
export interface Whoami {
  /** Off on loopback without an access file, where everybody is an admin. */
  readonly signIn: 'off' | 'required'
  /** Empty while nobody is signed in. */
  readonly name: string
  readonly role: string
  /** CLUSTER/NAMESPACE, either of which may be a star. */
  readonly scopes: readonly string[]
  /** The ways to sign in. */
  readonly methods: readonly string[]
}

/** Told to the window when the API says that nobody is signed in (any more). */
export const SIGNED_OUT = 'egressor:signed-out'

export async function askWhoami(signal: AbortSignal): Promise<Whoami> {
  const response = await fetch('/auth/me', { signal, headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`/auth/me answers ${response.status}`)
  const answer = (await response.json()) as Partial<Whoami>
  return { signIn: answer.signIn ?? 'required', name: answer.name ?? '', role: answer.role ?? '', scopes: answer.scopes ?? [], methods: answer.methods ?? [] }
}

/** Trades a token for a session; the reason when it is refused, '' when it is taken. */
export async function signInWith(token: string): Promise<string> {
  const response = await fetch('/auth/token', { method: 'POST', body: new URLSearchParams({ token }) })
  if (response.ok) return ''
  const refused = (await response.json().catch(() => null)) as { errors?: { message: string }[] } | null
  return refused?.errors?.[0]?.message ?? `the server answers ${response.status}`
}

export async function signOut(): Promise<void> {
  await fetch('/auth/logout', { method: 'POST' })
  window.dispatchEvent(new Event(SIGNED_OUT))
}

/** Where the identity provider's sign-in begins; it comes back to the view that was open. */
export function providerLink(here: { readonly pathname: string; readonly search: string }): string {
  return `/auth/login?to=${encodeURIComponent(here.pathname + here.search)}`
}
