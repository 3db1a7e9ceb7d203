import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { type Problem, toProblem } from '../api/errors'
import { Failure, Skeleton } from '../ui/states'
import { SignIn } from './SignIn'
import { SIGNED_OUT, type Whoami, askWhoami, wasEnded } from './whoami'

const WhoContext = createContext<Whoami | null>(null)

/** Who is signed in, inside of a Door. */
export function useWho(): Whoami {
  const who = useContext(WhoContext)
  if (!who) throw new Error('useWho outside Door')
  return who
}

/** Shows what is behind it to who is signed in, and the sign-in page to others. */
export function Door({ children }: { readonly children: ReactNode }): ReactNode {
  const [who, setWho] = useState<Whoami | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [wasIn, setWasIn] = useState(false)
  const again = useCallback(() => setAttempt((count) => count + 1), [])

  useEffect(() => {
    window.addEventListener(SIGNED_OUT, again)
    return () => window.removeEventListener(SIGNED_OUT, again)
  }, [again])
  useEffect(() => {
    const asked = new AbortController()
    askWhoami(asked.signal)
      .then((answer) => {
        setWho(answer)
        setProblem(null)
        if (answer.name !== '') setWasIn(true)
      })
      .catch((error: unknown) => { if (!asked.signal.aborted) setProblem(toProblem(error)) })
    return () => asked.abort()
  }, [attempt])

  if (problem && !who) return <Failure problem={problem} retry={again} />
  if (!who) return <Skeleton label="who is signed in" rows={1} />
  if (who.signIn === 'required' && who.name === '') return <SignIn methods={who.methods} ended={wasIn && wasEnded()} onSignedIn={again} />
  return <WhoContext value={who}>{children}</WhoContext>
}
