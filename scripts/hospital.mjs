import './refuse-old-node.mjs'
import { prepare } from './prepare.mjs'

await prepare()
await import('../dist/scripts/hospital.js')
