import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/tokens.css'
import './theme/base.css'
import './theme/shell.css'
import './theme/map.css'
import './theme/drawer.css'
import './theme/screens.css'
import './theme/whatif.css'
import './theme/narrow.css'
import { App } from './shell/App'
import { startTheme } from './theme/theme'

startTheme()
const root = document.getElementById('root')
if (!root) throw new Error('index.html holds no element with the id "root"')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
