import './refuse-old-node.mjs'
import { prepare } from './prepare.mjs'

await prepare()
console.log('The portal is built. Start it with npm start.')
