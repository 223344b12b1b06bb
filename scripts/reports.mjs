import fs from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/** A runner's own count, from the report it wrote. A runner that ended badly or ran nothing counts as a failure. */
export const countVitest = (file, code) => settled('vitest', code, read(file) ?? { passed: 0, failed: 0 })

/** A journey that needed a second try has failed. */
export function countPlaywright(file, code) {
  const report = read(file)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  const errors = report?.errors ?? []
  return settled('playwright', code, {
    passed: expected,
    failed: unexpected + flaky + errors.length,
    skipped,
    failures: [
      ...unsteady(report?.suites ?? []),
      ...errors.map(({ message, location }) => ({ name: placeOf(location), message })),
    ],
  })
}

/** Where there is no journey: at the import of a file, which is not always known by name. */
const placeOf = (location) => (location && location.file !== '<anonymous>' ? location.file : 'outside of the journeys')

/** The journeys that failed, or passed only when tried again. */
function unsteady(suites) {
  return suites.flatMap(({ file, specs = [], suites: below = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ projectName, results = [] }) => ({
          name: `${file} [${projectName}]: ${title}`,
          message: results.flatMap(({ errors = [] }) => errors.map(({ message }) => message)).join('\n'),
        })),
    ),
    ...unsteady(below),
  ])
}

/** The sum of several counts. */
export function total(counts) {
  const sum = (key) => counts.reduce((all, count) => all + (count[key] ?? 0), 0)
  const failures = counts.flatMap((count) => count.failures ?? [])
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures }
}

const mostLines = 20

/** What failed and why, below everything else that was printed; the last line is the sum. */
export function summary({ passed, failed, skipped, failures = [] }) {
  const sum = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
  if (failures.length === 0) return sum
  return ['', 'failed', ...failures.map(({ name, message = '' }) => [name, ...linesOf(message)].join('\n')), sum].join(
    '\n',
  )
}

function linesOf(message) {
  const lines = stripVTControlCharacters(message).split('\n')
  const said = lines.map((it) => it.trimEnd()).filter(Boolean)
  const shown = said.length > mostLines ? [...said.slice(0, mostLines), '…'] : said
  return shown.map((it) => `    ${it}`)
}

function settled(runner, code, count) {
  if (count.failed > 0 || (code === 0 && count.passed > 0)) return count
  const message = code === 0 ? 'It ran no test.' : `It ended with ${code}, and no test has failed.`
  return { ...count, failed: 1, failures: [{ name: runner, message }] }
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
