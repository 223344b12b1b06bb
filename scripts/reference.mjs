import './refuse-old-node.mjs'
import { install } from './install.mjs'
import { onNode24 } from './node.mjs'
import { giveUp } from './step.mjs'
import { runTool } from './tool.mjs'

await install().then(onNode24).catch(giveUp)
const { code } = await runTool('tsx', ['scripts/reference.ts', ...process.argv.slice(2)], { live: true })
process.exitCode = code
