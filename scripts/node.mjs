import fs from 'node:fs'
import { inRoot } from './folders.mjs'
import { StepFailed, run } from './step.mjs'

/** The oldest Node that has all we use: Argon2 came with 24.7. */
const oldest = [24, 7]

/** Goes on with this script, in the same way, on the Node that the packages need; returns when it is already there. */
export async function onNode24() {
  const node = newerNode()
  if (!node) {
    throw new StepFailed(
      `Node 24 is not among the packages for ${process.platform} on ${process.arch}. Install it yourself and run this again`,
    )
  }
  if (fs.realpathSync(node) === fs.realpathSync(process.execPath)) return
  const { code } = await run(node, process.argv.slice(1), { live: true, cwd: process.cwd() })
  process.exit(code)
}

/** The Node that came with the packages, else the one in use if it will do. */
function newerNode() {
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const packaged = inRoot('node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  if (fs.existsSync(packaged)) return packaged
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]) ? process.execPath : undefined
}
