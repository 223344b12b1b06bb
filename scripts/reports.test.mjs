import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { countPlaywright, countVitest, summary, total } from './reports.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portal-report-'))
let written = 0
afterAll(() => rmSync(folder, { recursive: true }))

function report(content) {
  const file = join(folder, `${++written}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitest = (facts) => report({ passed: 0, failed: 0, skipped: 0, failures: [], ...facts })
const playwright = (stats, errors = []) =>
  report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

it('adds up what the runners counted', () => {
  const failures = [{ name: 'lint', message: 'a line is too long' }]
  const counts = [countVitest(vitest({ passed: 5 }), 0), countPlaywright(playwright({ expected: 3, unexpected: 1 }), 1)]
  expect(total([{ passed: 4, failed: 1, failures }, ...counts])).toEqual({
    passed: 12,
    failed: 2,
    skipped: 0,
    failures,
  })
})

it('counts a journey that passed at the second try as a failure', () => {
  expect(countPlaywright(playwright({ expected: 1, flaky: 1 }), 0)).toMatchObject({ passed: 1, failed: 1 })
})

it('names the journeys that failed, or passed only at the second try, with what they said', () => {
  const results = [{ errors: [{ message: '\u001b[31mno heading\u001b[39m' }] }, { errors: [] }]
  const spec = (title, status) => ({ title, tests: [{ projectName: 'split', status, results }] })
  const inner = { file: 'inbox.test.ts', specs: [spec('A text comes', 'unexpected'), spec('It is read', 'expected')] }
  const suites = [{ file: 'inbox.test.ts', specs: [spec('It comes late', 'flaky')], suites: [inner] }]
  const journeys = report({ stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 }, errors: [], suites })
  expect(summary(countPlaywright(journeys, 1)).split('\n')).toEqual([
    '',
    'failed',
    'inbox.test.ts [split]: It comes late',
    '    no heading',
    'inbox.test.ts [split]: A text comes',
    '    no heading',
    '1 passed, 2 failed',
  ])
})

it('counts an error outside the journeys as a failure, and names its file', () => {
  const errors = [{ message: 'no browser' }, { message: 'no such module', location: { file: 'torn.test.ts' } }]
  expect(countPlaywright(playwright({ expected: 1 }, errors), 1)).toMatchObject({
    passed: 1,
    failed: 2,
    failures: [{ message: 'no browser' }, { name: 'torn.test.ts', message: 'no such module' }],
  })
})

it('shows the beginning of what is long', () => {
  const message = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n')
  const lines = summary({ passed: 0, failed: 1, failures: [{ name: 'a test', message }] }).split('\n')
  expect(lines).toHaveLength(25)
  expect(lines.slice(-3)).toEqual(['    line 19', '    …', '0 passed, 1 failed'])
})

it.each([
  ['ended badly though every test passed', vitest({ passed: 5 }), playwright({ expected: 5 }), 1],
  ['ran no test', vitest({}), playwright({}), 0],
  ['left no report', '/nowhere/report.json', '/nowhere/report.json', 0],
  ['left no report and ended badly', '/nowhere/report.json', '/nowhere/report.json', 134],
])('counts a runner that %s as a failure, and names it', (_, vitestReport, playwrightReport, code) => {
  expect(countVitest(vitestReport, code)).toMatchObject({ failed: 1, failures: [{ name: 'vitest' }] })
  expect(countPlaywright(playwrightReport, code)).toMatchObject({ failed: 1, failures: [{ name: 'playwright' }] })
})

it('counts tests that were skipped', () => {
  expect(summary(countVitest(vitest({ passed: 1, skipped: 2 }), 0))).toBe('1 passed, 0 failed, 2 skipped')
})
