import './refuse-old-node.mjs'
import { architecture, runChecks } from './checks.mjs'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'

await prepare().catch(giveUp)
const { passed, failed } = await runChecks(architecture)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
