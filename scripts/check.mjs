import './refuse-old-node.mjs'
import { architecture, runChecks } from './checks.mjs'
import { install } from './install.mjs'
import { onNode24 } from './node.mjs'
import { giveUp } from './step.mjs'

await install().then(onNode24).catch(giveUp)
const { passed, failed } = await runChecks(architecture)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
