import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import { GraphiQL } from 'graphiql'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../theme/tokens.css'
import '../theme/base.css'
import './page.css'
import { Door } from '../signin/Door'
import { startTheme } from '../theme/theme'
import { fetcher } from './fetcher'
import { WELCOME } from './welcome'

startTheme()
const root = document.getElementById('root')
if (!root) throw new Error('graphiql.html holds no element with the id "root"')
createRoot(root).render(
  <StrictMode>
    <Door>
      {/* Headers would invite to type tokens in: who is signed in asks with their session. */}
      <GraphiQL fetcher={fetcher} defaultQuery={WELCOME} isHeadersEditorEnabled={false} shouldPersistHeaders={false} />
    </Door>
  </StrictMode>,
)
