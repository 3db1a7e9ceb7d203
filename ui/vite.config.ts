import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `npm run dev` talks to the mock (npm run mock) unless EGRESSOR_API names a real server.
const api = process.env['EGRESSOR_API'] ?? 'http://127.0.0.1:8090'

// A real server answers its own pages only, so the proxy asks as one of them.
export default defineConfig({
  plugins: [react()],
  // It imports workers by `?worker`, which only the server itself can resolve.
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'] },
  server: { host: '127.0.0.1', proxy: Object.fromEntries(['/graphql', '/auth'].map((path) => [path, { target: api, changeOrigin: true, headers: { origin: api } }])) },
  build: {
    target: 'es2023',
    // dist/.gitkeep keeps the folder that Go embeds in git: public/ holds a copy, so it comes back.
    emptyOutDir: true,
    chunkSizeWarningLimit: 3000,
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    // GraphiQL is a page of its own: nothing of it is loaded with the screens.
    rolldownOptions: {
      input: ['index.html', 'graphiql.html'],
      // React Compiler's marks in its parts mean nothing once they are bundled.
      onLog: (level, log, handler) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log)
      },
    },
  },
})
