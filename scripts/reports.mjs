import fs from 'node:fs'

/** A runner's own count, from the report it wrote. A runner that ended badly or ran nothing counts as a failure. */
export function countVitest(file, code) {
  const report = read(file)
  const names = report?.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter(failed).map(({ fullName }) => `${name}: ${fullName}`)
    return status === 'failed' && tests.length === 0 ? [name] : tests
  })
  const broken = report?.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(failed),
  )
  return settled(code, {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (broken?.length ?? 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    names,
  })
}

/** A journey that needed a second try has failed. */
export function countPlaywright(file, code) {
  const report = read(file)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  return settled(code, {
    passed: expected,
    failed: unexpected + flaky + (report?.errors.length ?? 0),
    skipped,
    names: unsteady(report?.suites ?? []),
  })
}

/** The journeys that failed, or passed only when tried again. */
function unsteady(suites) {
  return suites.flatMap(({ file, specs = [], suites: below = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ projectName }) => `${file} [${projectName}]: ${title}`),
    ),
    ...unsteady(below),
  ])
}

/** The sum of several counts. */
export function total(counts) {
  const sum = (key) => counts.reduce((all, count) => all + (count[key] ?? 0), 0)
  const names = counts.flatMap((count) => count.names ?? [])
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), names }
}

/** The last line of a run. */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}

function settled(code, count) {
  const silent = count.failed === 0 && (code !== 0 || count.passed === 0)
  return silent ? { ...count, failed: 1 } : count
}

const failed = ({ status }) => status === 'failed'

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
