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

/** Shows the sign-in page where an error's code says that the sign-in has ended; tells whether it did. */
export function leftBy(code: unknown): boolean {
  if (code !== 'UNAUTHENTICATED') return false
  window.dispatchEvent(new Event(SIGNED_OUT))
  return true
}

/** True once somebody asked to be signed out: they need not be told that they are. */
let asked = false

/** Whether the last sign-in was ended by the service, and not by who was signed in. */
export const wasEnded = (): boolean => !asked

export async function askWhoami(signal: AbortSignal): Promise<Whoami> {
  const response = await fetch('/auth/me', { signal, headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`/auth/me answers ${response.status}`)
  const answer = (await response.json()) as Partial<Whoami>
  return { signIn: answer.signIn ?? 'required', name: answer.name ?? '', role: answer.role ?? '', scopes: answer.scopes ?? [], methods: answer.methods ?? [] }
}

/** Trades a token for a session; the reason when it is refused, '' when it is taken. */
export async function signInWith(token: string): Promise<string> {
  asked = false
  const response = await fetch('/auth/token', { method: 'POST', body: new URLSearchParams({ token }) })
  // Read in any case: an answer that nobody reads keeps its connection.
  const refused = (await response.json().catch(() => null)) as { errors?: { message: string }[] } | null
  if (response.ok) return ''
  return refused?.errors?.[0]?.message ?? `the server answers ${response.status}`
}

export async function signOut(): Promise<void> {
  asked = true
  await (await fetch('/auth/logout', { method: 'POST' })).text()
  window.dispatchEvent(new Event(SIGNED_OUT))
}

/** Where the identity provider's sign-in begins; it comes back to the view that was open. */
export function providerLink(here: { readonly pathname: string; readonly search: string }): string {
  return `/auth/login?to=${encodeURIComponent(here.pathname + here.search)}`
}
