import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import './test/compiled.ts'

export default defineConfig({
  resolve: {
    alias: [
      // Vite would take graphql's ESM build where Node takes the CommonJS one: two copies, "another module or realm".
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) },
    ],
  },
  oxc: { decorator: { legacy: true } },
  test: {
    include: ['{gateway,subgraphs,feeds,client,scripts,test}/**/*.test.ts', 'web/**/*.test.ts', 'scripts/*.test.mjs'],
    exclude: ['**/node_modules/**', 'dist/**', 'test/journeys/**'],
    setupFiles: ['reflect-metadata', 'test/keep-compiled.ts'],
    globalSetup: ['test/postgres-on-demand.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 240_000,
  },
})
