import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { keptView, viewParams } from '../lib/view'
import { SCREENS, useView } from './useView'

/** The screens, at the side: every one keeps the window and the version. */
export function Rail(): ReactNode {
  const { view, path } = useView()
  const kept = viewParams(keptView(view))
  const rail = useRef<HTMLElement>(null)
  // On a phone the rail is a strip, and the screen's own entry may be out of sight.
  useEffect(() => {
    void rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <nav ref={rail} className="rail" aria-label="Screens">
      {SCREENS.map((screen) => (
        <Link key={screen.path} to={screen.path} search={kept as never} title={`g ${screen.key}`} aria-current={path === screen.path || (screen.path !== '/' && path.startsWith(`${screen.path}/`)) ? 'page' : undefined}>
          {screen.label}
        </Link>
      ))}
    </nav>
  )
}
