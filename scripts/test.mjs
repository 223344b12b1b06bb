import './refuse-old-node.mjs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { runChecks } from './checks.mjs'
import { inRoot } from './folders.mjs'
import { prepare } from './prepare.mjs'
import { countPlaywright, countVitest, summary, total } from './reports.mjs'
import { StepFailed, endIfInterrupted, giveUp } from './step.mjs'
import { runTool } from './tool.mjs'

const count = inRoot('scripts', 'vitest-count.mjs')
const usage = 'npm test -- [--only check|unit|journeys] [path ...]'
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-tests-'))
process.once('exit', () => fs.rmSync(reports, { recursive: true, force: true }))

const parts = {
  check: () => runChecks(),
  async unit(paths) {
    const report = path.join(reports, 'vitest.json')
    const args = ['run', '--reporter=default', `--reporter=${count}`, `--outputFile.count=${report}`, ...paths]
    return countVitest(report, (await runTool('vitest', args, { live: true })).code)
  },
  async journeys(paths) {
    const report = path.join(reports, 'playwright.json')
    const env = { ...process.env, CHROMIUM_PATH: await findBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const args = ['test', '--reporter=list,json', ...paths]
    return countPlaywright(report, (await runTool('@playwright/test playwright', args, { live: true, env })).code)
  },
}

const { chosen, paths } = asked(process.argv.slice(2))
const counts = []
try {
  await prepare()
} catch (error) {
  counts.push(failure(error))
}
for (const name of counts.length > 0 ? [] : chosen) {
  console.log(`\n${name}`)
  counts.push(await parts[name](paths).catch(failure))
  endIfInterrupted()
}
const sum = total(counts)
console.log(summary(sum))
process.exit(sum.failed > 0 ? 1 : 0)

/** Which parts to run: the one asked for, else the one a path belongs to, else all. */
function asked(args) {
  const only = args[0] === '--only' ? args[1] : undefined
  const paths = only ? args.slice(2) : args
  const wrong = paths.find((arg) => arg.startsWith('-')) ?? (only && !(only in parts) ? only : undefined)
  if (wrong || args.at(-1) === '--only') giveUp(new StepFailed(`Not understood: ${args.join(' ')}. Usage: ${usage}`))
  if (only) return { chosen: [only], paths }
  if (paths.length === 0) return { chosen: Object.keys(parts), paths }
  return { chosen: [paths[0].startsWith('test/journeys') ? 'journeys' : 'unit'], paths }
}

function failure(error) {
  if (error instanceof StepFailed)
    console.error([error.output.trimEnd(), `${error.message}.`].filter(Boolean).join('\n'))
  else console.error(error)
  return { passed: 0, failed: 1, failures: [{ name: 'npm test', message: error.message }] }
}
