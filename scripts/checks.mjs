import fs from 'node:fs'
import { inRoot } from './folders.mjs'
import { writeDocuments } from './parts.mjs'
import { filesIn } from './sources.mjs'
import { StepFailed, endIfInterrupted, twoAtATime } from './step.mjs'
import { runTool } from './tool.mjs'

/** These write files that the others read, so they go first. */
const contractChecks = { contract: staleContract, 'queries of the contract': impossibleQueries }

/** What is checked without running the product. Each answers what is wrong, or nothing. */
const checks = {
  'nothing breaks since the last release': () => complaints('tsx', ['scripts/release/check.ts']),
  lint: () => complaints('eslint', ['.', '--max-warnings', '0']),
  'types of the site': async () => (await complaints('@sveltejs/kit svelte-kit', ['sync'], inWeb)) || svelteCheck(),
  types: () => complaints('typescript tsc', ['--noEmit']),
  'types of the sandbox': () => complaints('typescript tsc', ['--noEmit', '-p', 'gateway/sandbox']),
  format: () => complaints('prettier', ['--check', '--log-level', 'warn', '--cache', '.']),
}

/** The arrows between the rooms. `npm test` runs it with the other tests. */
export const architecture = {
  architecture: () => complaints('vitest', ['run', '--reporter=dot', 'test/architecture.test.ts']),
}

/**
 * Runs every check and prints a line for each.
 * @returns {Promise<{ passed: number, failed: number, failures: { name: string, message: string }[] }>}
 */
export async function runChecks(more = {}) {
  const count = { passed: 0, failed: 0, failures: [] }
  const task =
    ([name, check]) =>
    async () => {
      const start = performance.now()
      const wrong = await check()
      endIfInterrupted()
      count[wrong ? 'failed' : 'passed']++
      console.log(`${wrong ? '✗' : '✓'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
      if (!wrong) return
      console.log(`${wrong.trimEnd()}\n`)
      count.failures.push({ name, message: wrong })
    }
  for (const first of Object.entries(contractChecks).map(task)) await first()
  await twoAtATime(Object.entries({ ...checks, ...more }).map(task))
  return count
}

const inWeb = { cwd: inRoot('web') }
const svelteCheck = () => complaints('svelte-check', ['--fail-on-warnings'], inWeb)

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

/** A query that the contract does not allow is found when its document is written. */
async function impossibleQueries() {
  try {
    await writeDocuments()
  } catch (error) {
    if (error instanceof StepFailed) return `${error.output}${error.message}`
    throw error
  }
}
