import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (file: string) => readFileSync(root + file, 'utf8')
const lines = read('.env.example').split('\n')

/** What is set by us for others, whatever the environment says. */
const notSettings = /^(APOLLO_|SITE_BUILD_)/
const settingsFiles = [
  ...globSync(['{gateway,feeds,web,scripts}/environment.ts', 'subgraphs/{,*/}environment.ts'], { cwd: root }),
  'scripts/secrets.ts',
]
const name = /\b(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|HOST)\b/g
const settings = new Set(
  settingsFiles.flatMap((file) => read(file).match(name) ?? []).filter((it) => !notSettings.test(it)),
)

/** It has a line of its own, or is named by its end beside another of its kind: "likewise _MESSAGES". */
const isExplained = (setting: string) =>
  lines.some((line) => {
    const [, own = '', words = ''] = /^# ([A-Z0-9_]+)=(.*)$/.exec(line) ?? []
    if (own === setting) return true
    const stem = own.slice(0, own.lastIndexOf('_'))
    return stem !== '' && setting.startsWith(`${stem}_`) && words.includes(setting.slice(stem.length))
  })

it('explains every setting that is read', () => {
  expect(settings.size).toBeGreaterThan(50)
  expect([...settings].filter((it) => !isExplained(it))).toEqual([])
})

it('names nothing that is not read', () => {
  const named = lines.flatMap((line) => /^# ([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? [])
  const code = [...settingsFiles, 'subgraphs/documents/partners/partner-source.ts'].map(read).join('\n')
  // Of each partner there is one, called by its code.
  const isRead = (it: string) => new RegExp(`\\b${it}\\b|\\b${it.slice(0, it.lastIndexOf('_') + 1)}\\$\\{`).test(code)
  expect(named.filter((it) => !isRead(it))).toEqual([])
})
