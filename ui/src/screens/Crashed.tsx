import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure } from '../ui/states'

/** A defect of the UI itself: says so, and offers to load the page again. */
export function Crashed({ error }: ErrorComponentProps): ReactNode {
  const problem = { code: 'UI_DEFECT', message: error instanceof Error ? error.message : String(error), hint: 'This is a defect of the screen, not of the data. Load the page again, and please report the message.' }
  return <Failure problem={problem} retry={() => location.reload()} />
}
