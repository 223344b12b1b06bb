import fs from 'node:fs'

/** A runner's own count, from the report it wrote. A runner that ended badly or ran nothing counts as a failure. */
export function countVitest(file, code) {
  const report = read(file)
  const broken = report?.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(failed),
  )
  return settled(code, {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (broken?.length ?? 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  })
}

/** A journey that needed a second try has failed. */
export function countPlaywright(file, code) {
  const report = read(file)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  return settled(code, { passed: expected, failed: unexpected + flaky + (report?.errors.length ?? 0), skipped })
}

/** The sum of several counts. */
export function total(counts) {
  const sum = (key) => counts.reduce((all, count) => all + (count[key] ?? 0), 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
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
