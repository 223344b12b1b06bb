import fs from 'node:fs'
import { inRoot } from './folders.mjs'
import { filesIn } from './sources.mjs'
import { endIfInterrupted, twoAtATime } from './step.mjs'
import { runTool } from './tool.mjs'

const formatCache = ['--cache', '--cache-location', inRoot('node_modules', '.cache', 'prettier')]

/** What is checked without running the product. Each answers what is wrong, or nothing. */
const checks = {
  lint: () => complaints('eslint', ['.', '--max-warnings', '0']),
  'types of the site': () => complaints('svelte-check', ['--fail-on-warnings'], { cwd: inRoot('web') }),
  'the contract and its documents': async () => (await staleContract()) || (await staleDocuments()),
  types: () => complaints('typescript tsc', ['--noEmit']),
  'types of the sandbox': () => complaints('typescript tsc', ['--noEmit', '-p', 'gateway/sandbox']),
  format: () => complaints('prettier', ['--check', '--log-level', 'warn', ...formatCache, '.']),
}

/** The arrows between the rooms. `npm test` runs it with the other tests. */
export const architecture = {
  architecture: () => complaints('vitest', ['run', '--reporter=dot', 'test/architecture.test.ts']),
}

/**
 * Runs every check and prints a line for each.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(more = {}) {
  const count = { passed: 0, failed: 0 }
  const tasks = Object.entries({ ...checks, ...more }).map(([name, check]) => async () => {
    const start = performance.now()
    const wrong = await check()
    endIfInterrupted()
    count[wrong ? 'failed' : 'passed']++
    console.log(`${wrong ? '✗' : '✓'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
    if (wrong) console.log(`${wrong.trimEnd()}\n`)
  })
  await twoAtATime(tasks)
  return count
}

async function complaints(tool, args, options) {
  const { code, output } = await runTool(tool, args, options)
  return code === 0 ? '' : output || `${tool} ended with ${code}`
}

/** `schema/` is written by the code; whoever changes the code commits the contract with it. */
async function staleContract() {
  const before = contract()
  const wrong = await complaints('tsx', ['scripts/emit-schema.ts'])
  if (wrong) return wrong
  const after = contract()
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  )
  return changed.map((file) => `${file} was not what the code says; it is now. Review and commit it.`).join('\n')
}

const contract = () => new Map(filesIn('schema').map((file) => [file, fs.readFileSync(inRoot(file), 'utf8')]))

const staleDocuments = () =>
  complaints('@graphql-codegen/cli graphql-codegen', ['--config', 'codegen.ts', '--check', '--errors-only'])
