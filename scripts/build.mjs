import './refuse-old-node.mjs'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'

await prepare().catch(giveUp)
console.log('The portal is built. Start it with npm start.')
