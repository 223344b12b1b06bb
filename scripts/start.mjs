import './refuse-old-node.mjs'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'

await prepare().catch(giveUp)
if (existsSync('.env')) process.loadEnvFile('.env')
// What Node has compiled once it need not compile at the next start.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/portal', import.meta.url)))
await import('../dist/scripts/start.js')
