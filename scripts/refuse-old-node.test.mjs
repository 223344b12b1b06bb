import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const module = new URL('refuse-old-node.mjs', import.meta.url).href

function startedOn(version) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
  return spawnSync(process.execPath, ['--input-type=module', '-e', `${pretend}; await import('${module}')`], {
    encoding: 'utf8',
  })
}

it('refuses Node 18 with one line that says what to do', () => {
  const { status, stderr } = startedOn('18.20.4')
  expect(status).toBe(1)
  expect(stderr.trim()).toBe(
    'Patient Portal needs Node 20 or later; this is Node 18.20.4. Install one from https://nodejs.org.',
  )
})

it.each(['20.0.0', '24.21.0'])('says nothing on Node %s', (version) => {
  expect(startedOn(version)).toMatchObject({ status: 0, stderr: '' })
})
