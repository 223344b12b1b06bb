import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from './folders.mjs'
import { run, step } from './step.mjs'

/** The script behind a package's command, so that the Node which runs this runs it too. */
function scriptOf(name) {
  const [pkg, command] = name.split(' ')
  const folder = inRoot('node_modules', pkg)
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return path.join(folder, typeof bin === 'string' ? bin : bin[command ?? path.basename(pkg)])
}

/** A step done by an installed tool: `vite`, or `typescript tsc` where package and command differ in name. */
export const toolStep = (title, name, args, options) =>
  step(title, process.execPath, [scriptOf(name), ...args], options)

/** Runs an installed tool, as `run` does. */
export const runTool = (name, args, options) => run(process.execPath, [scriptOf(name), ...args], options)
