import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serveHealth } from './health.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

describe('the health of the feeds', () => {
  it.each([
    [true, '/health', 200],
    [false, '/health', 200],
    [true, '/ready', 200],
    [false, '/ready', 503],
    [true, '/', 404],
  ])('when ready is %s, %s is answered %i', async (ready, path, status) => {
    const server = await serveHealth({ ready: () => Promise.resolve(ready) }, '127.0.0.1', 0)
    cleanups.push(() => server.close())
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
    expect(answer.status).toBe(status)
  })
})
