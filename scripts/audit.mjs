import './refuse-old-node.mjs'
import { existsSync } from 'node:fs'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'

await prepare().catch(giveUp)
if (existsSync('.env')) process.loadEnvFile('.env')
await import('../dist/scripts/audit.js')
