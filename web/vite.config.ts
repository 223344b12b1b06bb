import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, type Plugin } from 'vite'

/**
 * The pages are documents without a framework in the browser; this one small script only improves them.
 * It has a plain name, because the pages are built before it and could not know a hash.
 */
const portalScript: Plugin = {
  name: 'portal-script',
  apply: 'build',
  buildStart() {
    if (this.environment.name !== 'client') return
    this.emitFile({ type: 'chunk', id: 'src/browser/portal.ts', fileName: 'portal.js' })
  },
}

export default defineConfig({
  plugins: [
    portalScript,
    sveltekit({
      adapter: adapter({ envPrefix: 'SITE_BUILD_' }),
      paths: { relative: false },
      // Off, because hooks.server.ts is stricter: every method, every content type, and with a page of ours as the answer.
      csrf: { trustedOrigins: ['*'] },
    }),
  ],
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
})
