import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { install } from './install.mjs'

const lock = {
  'node_modules/a': { version: '1.0.0' },
  'node_modules/of-another-system': { version: '1.0.0', optional: true },
}

/** A folder with a lock, with what npm recorded of an earlier install, and with an npm that does what it is told. */
function folder({ record, npm = '' }) {
  const place = mkdtempSync(join(tmpdir(), 'portal-install-'))
  onTestFinished(() => rmSync(place, { recursive: true }))
  writeFileSync(join(place, 'package-lock.json'), JSON.stringify({ packages: lock }))
  mkdirSync(join(place, 'node_modules'))
  if (record) writeFileSync(join(place, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: record }))
  writeFileSync(join(place, 'npm-cli.js'), `require('node:fs').writeFileSync('asked', process.argv[2]);${npm}`)
  vi.stubEnv('npm_execpath', join(place, 'npm-cli.js'))
  return place
}

const wasAsked = (place) => existsSync(join(place, 'asked'))

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

it.each([
  ['nothing is installed', undefined],
  ['a package is missing', {}],
  ['a package has another version than the lock says', { 'node_modules/a': { version: '0.9.0' } }],
])('installs when %s', async (_, record) => {
  const place = folder({ record })
  await install(place)
  expect(wasAsked(place)).toBe(true)
})

it('installs nothing when all is there but packages of other systems', async () => {
  const place = folder({ record: { 'node_modules/a': { version: '1.0.0' } } })
  await install(place)
  expect(wasAsked(place)).toBe(false)
})

it('says in one line what to do when the registry cannot be reached', async () => {
  const npm = "console.error('npm error code ENOTFOUND'); process.exit(1)"
  await expect(install(folder({ npm }))).rejects.toMatchObject({
    message: 'The npm registry cannot be reached, so the packages cannot be installed. Go online and run this again',
    output: '',
  })
})

it('shows what npm said when it failed for another reason', async () => {
  const npm = "console.error('npm error code EACCES'); process.exit(1)"
  await expect(install(folder({ npm }))).rejects.toMatchObject({ output: expect.stringContaining('EACCES') })
})
