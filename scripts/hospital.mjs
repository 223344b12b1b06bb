import './refuse-old-node.mjs'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'

await prepare().catch(giveUp)
await import('../dist/scripts/hospital.js')
