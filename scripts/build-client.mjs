import './refuse-old-node.mjs'
import { install } from './install.mjs'
import { onNode24 } from './node.mjs'
import { buildClient } from './parts.mjs'
import { giveUp } from './step.mjs'

await install().then(onNode24).then(buildClient).catch(giveUp)
