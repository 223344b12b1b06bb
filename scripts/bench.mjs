import './refuse-old-node.mjs'
import { inRoot } from './folders.mjs'
import { install } from './install.mjs'
import { prepare } from './prepare.mjs'
import { giveUp } from './step.mjs'
import { runTool } from './tool.mjs'

await prepare().catch(giveUp)
await install(inRoot('bench')).catch(giveUp)
const { code } = await runTool('tsx', [inRoot('bench', 'main.ts'), ...process.argv.slice(2)], { live: true })
process.exit(code)
