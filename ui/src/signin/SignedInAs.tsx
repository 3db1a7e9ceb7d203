import type { ReactNode } from 'react'
import { useWho } from './Door'
import { signOut } from './whoami'

/** Who is signed in, and the way out; nothing where there is no sign-in. */
export function SignedInAs(): ReactNode {
  const who = useWho()
  if (who.signIn === 'off') return null
  return (
    <button type="button" className="button" title={`${who.role}, sees ${who.scopes.join(', ')}`} onClick={() => void signOut()}>
      Sign out <span className="quiet">{who.name}</span>
    </button>
  )
}
