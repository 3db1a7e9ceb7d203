import { RouterProvider, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { type ReactNode, Suspense, lazy } from 'react'
import { CompareScreen } from '../compare/CompareScreen'
import { CostsScreen } from '../costs/CostsScreen'
import { IncidentScreen } from '../incidents/IncidentScreen'
import { IncidentsScreen } from '../incidents/IncidentsScreen'
import { MapScreen } from '../map/MapScreen'
import { OverviewScreen } from '../overview/OverviewScreen'
import { SavingsScreen } from '../savings/SavingsScreen'
import { Crashed } from '../screens/Crashed'
import { NotFound } from '../screens/NotFound'
import { StatusScreen } from '../screens/StatusScreen'
import { VersionsScreen } from '../screens/VersionsScreen'
import { Door } from '../signin/Door'
import { Skeleton } from '../ui/states'
import { Shell } from './Shell'

/** Screens that few open load when they are opened. */
const later = (load: () => Promise<() => ReactNode>, label: string) => {
  const Screen = lazy(() => load().then((component) => ({ default: component })))
  return function Later(): ReactNode {
    return <Suspense fallback={<Skeleton label={label} rows={8} />}><Screen /></Suspense>
  }
}
const FlowsScreen = later(() => import('../flows/FlowsScreen').then((module) => module.FlowsScreen), 'the flows')
const SettingsScreen = later(() => import('../settings/SettingsScreen').then((module) => module.SettingsScreen), 'the settings')
const AskScreen = later(() => import('../ask/AskScreen').then((module) => module.AskScreen), 'Ask')
const CypherScreen = later(() => import('../cypher/CypherScreen').then((module) => module.CypherScreen), 'Cypher')

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
const screen = <Path extends string>(path: Path, component: () => ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component })

const routeTree = root.addChildren([
  screen('/', OverviewScreen),
  screen('/map', MapScreen),
  screen('/compare', CompareScreen),
  screen('/costs', CostsScreen),
  screen('/incidents', IncidentsScreen),
  screen('/incidents/$id', IncidentScreen),
  screen('/savings', SavingsScreen),
  screen('/flows', FlowsScreen),
  screen('/settings', SettingsScreen),
  screen('/cypher', CypherScreen),
  screen('/ask', AskScreen),
  screen('/versions', VersionsScreen),
  screen('/status', StatusScreen),
])

// Plain parameters instead of the router's JSON: links stay readable, and "v=12" stays text for parseView.
const router = createRouter({
  routeTree,
  defaultErrorComponent: Crashed,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString()
    return text === '' ? '' : `?${text.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')}`
  },
})

export function App(): ReactNode {
  return (
    <Door>
      <RouterProvider router={router} />
    </Door>
  )
}
