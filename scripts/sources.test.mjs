import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './folders.mjs'
import { fingerprint } from './sources.mjs'

let folder
const write = (name, text) => {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}
const now = () => fingerprint([relative(root, folder)])

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-sources-'))
  write('rooms/a.ts', 'one')
})
afterEach(() => rmSync(folder, { recursive: true }))

it.each([
  ['a file changed', () => write('rooms/a.ts', 'two')],
  ['a file came', () => write('rooms/b.ts', '')],
  ['a file went', () => rmSync(join(folder, 'rooms/a.ts'))],
  ['a file moved', () => (rmSync(join(folder, 'rooms/a.ts')), write('a.ts', 'one'))],
])('is another when %s', (_, change) => {
  const before = now()
  change()
  expect(now()).not.toBe(before)
})

it.each(['rooms/a.ts', 'rooms/a.test.ts', 'node_modules/b.js', 'dist/a.js', 'rooms/graph/index.ts'])(
  'is the same when %s is written with what it was, or is no source',
  (name) => {
    const before = now()
    write(name, 'one')
    expect(now()).toBe(before)
  },
)

it('knows nothing of a place that is not there', () => {
  expect(fingerprint(['nowhere'])).toBe(fingerprint([]))
})
