import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { countPlaywright, countVitest, line, total } from './reports.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portal-report-'))
let written = 0
afterAll(() => rmSync(folder, { recursive: true }))

function report(content) {
  const file = join(folder, `${++written}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitest = (facts) =>
  report({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...facts })
const playwright = (stats, errors = []) =>
  report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

it('adds up what the runners counted', () => {
  const counts = [
    countVitest(vitest({ numPassedTests: 5 }), 0),
    countPlaywright(playwright({ expected: 3, unexpected: 1 }), 1),
  ]
  expect(line(total([{ passed: 4, failed: 2 }, ...counts]))).toBe('12 passed, 3 failed')
})

it('counts a file that could not be read as a failure', () => {
  const broken = { status: 'failed', assertionResults: [] }
  expect(countVitest(vitest({ numPassedTests: 5, testResults: [broken] }), 1)).toMatchObject({ passed: 5, failed: 1 })
})

it('counts a file with a failed test once', () => {
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] }
  expect(countVitest(vitest({ numFailedTests: 1, testResults: [failing] }), 1)).toMatchObject({ failed: 1 })
})

it('counts a journey that passed at the second try as a failure', () => {
  expect(countPlaywright(playwright({ expected: 1, flaky: 1 }), 0)).toMatchObject({ passed: 1, failed: 1 })
})

it('names what failed, and what passed only at the second try', () => {
  const tests = [
    { status: 'failed', fullName: 'a letter is read' },
    { status: 'passed', fullName: 'a letter is there' },
  ]
  const testResults = [
    { name: 'letters.test.ts', status: 'failed', assertionResults: tests },
    { name: 'torn.test.ts', status: 'failed', assertionResults: [] },
  ]
  const spec = (title, status) => ({ title, tests: [{ projectName: 'split', status }] })
  const inner = { file: 'inbox.test.ts', specs: [spec('A text comes', 'unexpected'), spec('It is read', 'expected')] }
  const suites = [{ file: 'inbox.test.ts', specs: [spec('It comes late', 'flaky')], suites: [inner] }]
  const journeys = report({ stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 }, errors: [], suites })
  expect(total([countVitest(vitest({ testResults }), 1), countPlaywright(journeys, 1)]).names).toEqual([
    'letters.test.ts: a letter is read',
    'torn.test.ts',
    'inbox.test.ts [split]: It comes late',
    'inbox.test.ts [split]: A text comes',
  ])
})

it('counts an error outside the journeys as a failure', () => {
  expect(countPlaywright(playwright({ expected: 1 }, [{ message: 'no browser' }]), 1)).toMatchObject({ failed: 1 })
})

it.each([
  ['ended badly though every test passed', vitest({ numPassedTests: 5 }), playwright({ expected: 5 }), 1],
  ['ran no test', vitest({}), playwright({}), 0],
  ['left no report', '/nowhere/report.json', '/nowhere/report.json', 0],
  ['left no report and ended badly', '/nowhere/report.json', '/nowhere/report.json', 134],
])('counts a runner that %s as a failure', (_, vitestReport, playwrightReport, code) => {
  expect(countVitest(vitestReport, code).failed).toBe(1)
  expect(countPlaywright(playwrightReport, code).failed).toBe(1)
})

it('names tests that were skipped', () => {
  expect(line(countVitest(vitest({ numPassedTests: 1, numTodoTests: 2 }), 0))).toBe('1 passed, 0 failed, 2 skipped')
})
