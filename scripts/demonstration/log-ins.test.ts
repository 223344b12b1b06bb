import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { patients } from './log-ins.ts'

it('says why nobody can be asked as just now: too many codes were sent to them', async () => {
  const message = 'You have tried too many times. Wait a while and then start again.'
  const server = createServer((_, response) => response.end(JSON.stringify({ data: { answer: { message } } })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const inbox = { url: '', latest: () => undefined, stop: async () => undefined }
  await expect(patients(url, inbox).token('W100001')).rejects.toMatchObject({
    message,
    extensions: { code: 'RATE_LIMITED' },
  })
})
