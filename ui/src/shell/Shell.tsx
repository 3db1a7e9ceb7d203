import { Outlet } from '@tanstack/react-router'
import { type ReactNode, Suspense, lazy } from 'react'
import { HeadProvider } from '../api/head'
import { KeyList } from '../keys/KeyList'
import { Header } from './Header'
import { Notices } from './Notices'
import { Rail } from './Rail'
import { Palette } from '../palette/Palette'
import { Views } from '../views/Views'
import { ShellKeys } from './ShellKeys'
import { SCREENS, useView } from './useView'

const AskPane = lazy(() => import('../ask/AskPane').then((module) => ({ default: module.AskPane })))

/** Header, notices, the screen, and the Ask pane beside it. */
export function Shell(): ReactNode {
  const { view, patch, path } = useView()
  return (
    <HeadProvider view={view}>
      <a className="skip" href="#screen">Skip to the screen</a>
      <Header />
      <Notices />
      <div className="body">
        <Rail />
        <main id="screen" tabIndex={-1}>
          <h1 className="hidden">{SCREENS.find((screen) => screen.path === path)?.label ?? SCREENS[0].label}</h1>
          <Outlet />
        </main>
        {view.ask && path !== '/ask' && (
          <Suspense fallback={<aside className="pane ask" aria-label="Ask" />}>
            <AskPane onClose={() => patch({ ask: false })} />
          </Suspense>
        )}
      </div>
      <ShellKeys />
      <KeyList />
      <Palette />
      <Views />
    </HeadProvider>
  )
}
