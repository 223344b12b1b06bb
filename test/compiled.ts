import { fileURLToPath } from 'node:url'

/** A run of tests is hundreds of processes: what one has compiled is kept for the others, where Node looks for it. */
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url))
