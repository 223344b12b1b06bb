import { expect, it, onTestFinished } from 'vitest'
import { aMailServer } from '../../../test/messages/mail-server.ts'
import { SmtpProvider } from './smtp.ts'

const envelope = {
  reference: '5c6b1f0e-4dfc-4ad5-8f0a-6d3ff1a7c111',
  to: 'amal@example.com',
  words: { subject: 'You have a new hospital appointment: Patient Portal', body: 'Dear Siân,\n\nReference: CF23GH45' },
}

async function aProvider() {
  const server = await aMailServer()
  const provider = new SmtpProvider({ url: server.url, from: 'Patient Portal <portal@example.com>' })
  onTestFinished(async () => {
    provider.close()
    await server.stop()
  })
  return { server, provider }
}

it('carries an e-mail as plain text, with the same Message-ID each time', async () => {
  const { server, provider } = await aProvider()
  expect(await provider.send(envelope)).toEqual({ outcome: 'ACCEPTED', providerId: null })
  await provider.send(envelope)
  const [first = '', second = ''] = server.received
  expect(first).toContain('From: Patient Portal <portal@example.com>')
  expect(first).toContain('To: amal@example.com')
  expect(first).toContain('Subject: You have a new hospital appointment: Patient Portal')
  expect(first).toContain('Content-Type: text/plain; charset=utf-8')
  expect(first).toContain('Auto-Submitted: auto-generated')
  expect(first).toMatch(/Dear Si=C3=A2n,[^]*Reference: CF23GH45/)
  const messageId = 'Message-ID: <5c6b1f0e-4dfc-4ad5-8f0a-6d3ff1a7c111@example.com>'
  expect(first).toContain(messageId)
  expect(second).toContain(messageId)
})

it('tells a mailbox that is none from a server that is busy', async () => {
  const { server, provider } = await aProvider()
  server.refusals.push('550 no such mailbox amal@example.com', '451 try later')
  expect(await provider.send(envelope)).toEqual({ outcome: 'REFUSED', errorCode: 'SMTP_550' })
  expect(await provider.send(envelope)).toEqual({ outcome: 'NOT_NOW', errorCode: 'SMTP_451' })
  await server.stop()
  expect(await provider.send(envelope)).toMatchObject({ outcome: 'NOT_NOW', errorCode: 'ESOCKET' })
})

it('sends to one person, whatever the record holds', async () => {
  const { server, provider } = await aProvider()
  for (const to of [
    'amal@example.com, bob@example.com',
    'Amal <amal@example.com>',
    'amal',
    'amal@example.com\r\nBcc: b@example.com',
  ])
    expect(await provider.send({ ...envelope, to })).toEqual({ outcome: 'REFUSED', errorCode: 'NOT_ONE_ADDRESS' })
  expect(server.received).toEqual([])
})
