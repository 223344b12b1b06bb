import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inRoot } from './folders.mjs'
import { countVitest, summary } from './reports.mjs'
import { runTool } from './tool.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portal-count-'))
const report = join(folder, 'count.json')
afterAll(() => rmSync(folder, { recursive: true }))

const files = {
  'right.test.mjs': `it('is right', () => {}); it.skip('is left out', () => {})`,
  'wrong.test.mjs': `describe('a sum', () => it('is right', () => expect(1 + 1).toBe(3)))`,
  'unprepared.test.mjs': `describe('a portal', () => { beforeAll(() => { throw new Error('no database') }); it('starts', () => {}) })`,
  'untidy.test.mjs': `afterAll(() => { throw new Error('still running') }); it('ends', () => {})`,
  'torn.test.mjs': `import './nowhere.mjs'; it('is read', () => {})`,
  'late.test.mjs': `it('is over', () => { setTimeout(() => { throw new Error('too late') }) }); it('waits', () => new Promise((done) => setTimeout(done, 200)))`,
}
let count
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const reporter = `--reporter=${inRoot('scripts', 'vitest-count.mjs')}`
  const { code } = await runTool('vitest', [
    'run',
    '--root',
    folder,
    '--globals',
    reporter,
    `--outputFile.count=${report}`,
  ])
  expect(code).toBe(1)
  count = countVitest(report, code)
}, 60_000)

it('counts every test once, and whatever went wrong around them', () => {
  expect(count).toMatchObject({ passed: 4, failed: 5, skipped: 2 })
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual(count)
})

it.each([
  ['a test', 'wrong.test.mjs: a sum > is right', 'AssertionError: expected 2 to be 3'],
  ['what prepares tests', 'unprepared.test.mjs: a portal', 'Error: no database'],
  ['what tidies up after them', 'untidy.test.mjs', 'Error: still running'],
  ['a file that cannot be imported', 'torn.test.mjs', 'nowhere.mjs'],
  ['what goes wrong after a test', 'outside of the tests', 'Error: too late'],
])('names %s, with its message', (_, name, message) => {
  const lines = summary(count).split('\n')
  expect(lines.slice(lines.indexOf(name) + 1).find((it) => it.startsWith('    '))).toContain(message)
  expect(lines).toContain(name)
})
