import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { findBrowser } from './browser.mjs'

const script = fileURLToPath(new URL('test.mjs', import.meta.url))

it.each([['--only', 'everything'], ['--only'], ['--watch'], ['--only', 'unit', '--watch']])(
  'refuses what it does not understand: %s %s',
  (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr.trim()).toBe(
      `Not understood: ${args.join(' ')}. Usage: npm test -- [--only check|unit|journeys] [path ...].`,
    )
  },
)

it('names the setting when the browser it asks for does not run', async () => {
  process.env.CHROMIUM_PATH = '/nowhere/chromium'
  await expect(findBrowser()).rejects.toThrow('CHROMIUM_PATH: no Chromium runs from there (got "/nowhere/chromium")')
})
