import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NotifyClient } from 'notifications-node-client'
import { afterEach, expect, it } from 'vitest'
import { codeShown } from '../../subgraphs/patients/main.ts'
import { type Inbox, startInbox } from './inbox-server.ts'

const serviceId = randomUUID()
const secret = randomUUID()
const apiKey = `demonstration-${serviceId}-${secret}`
const templateId = randomUUID()
const running: Inbox[] = []

const aFolder = () => mkdtempSync(join(tmpdir(), 'inbox-'))

async function anInbox(folder = aFolder()): Promise<{ inbox: Inbox; client: NotifyClient }> {
  const inbox = await startInbox({ port: 0, host: '127.0.0.1', folder, apiKey })
  running.push(inbox)
  return { inbox, client: new NotifyClient(inbox.url, apiKey) }
}

const text = (message: string, reference: string = randomUUID()) => ({ personalisation: { message }, reference })
const refused = async (call: Promise<unknown>) => {
  const { response } = (await call.then(
    () => ({}),
    (error: unknown) => error,
  )) as { response?: { status: number; data: unknown } }
  return response && { status: response.status, data: response.data }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.stop()))
})

it('takes a text from the client of GOV.UK Notify and shows it as the phone would', async () => {
  const { inbox, client } = await anInbox()
  const { status, data } = await client.sendSms(templateId, '+447700900123', text('Hello\nthere', 'our-reference'))
  expect(status).toBe(201)
  expect(data).toMatchObject({
    reference: 'our-reference',
    content: { body: 'Hello\nthere' },
    template: { id: templateId },
  })
  expect(inbox.latest('07700 900123')).toMatchObject({ id: data.id, type: 'sms', body: 'Hello\nthere', subject: null })
  expect(inbox.latest('+447700900124')).toBeUndefined()
})

it('takes an e-mail with its subject', async () => {
  const { inbox, client } = await anInbox()
  await client.sendEmail(templateId, 'amal@example.com', { personalisation: { subject: 'News', message: 'Dear Amal' } })
  expect(inbox.latest('Amal@example.com')).toMatchObject({
    type: 'email',
    subject: 'News',
    body: 'Dear Amal',
    reference: null,
  })
})

it('finds a message by its reference, its kind and its id', async () => {
  const { client } = await anInbox()
  const { data: sent } = await client.sendSms(templateId, '07700900123', text('One', 'first'))
  await client.sendSms(templateId, '07700900123', text('Two', 'second'))
  const found = async (...filter: Parameters<NotifyClient['getNotifications']>) =>
    (await client.getNotifications(...filter)).data.notifications.map(({ body }) => body)
  expect(await found('sms', undefined, 'first')).toEqual(['One'])
  expect(await found()).toEqual(['Two', 'One'])
  expect(await found('email')).toEqual([])
  expect(await found('sms', 'permanent-failure')).toEqual([])
  expect(await found(undefined, undefined, 'third')).toEqual([])
  expect((await client.getNotificationById(sent.id)).data).toMatchObject({
    id: sent.id,
    body: 'One',
    status: 'delivered',
  })
})

it("fails for Notify's own numbers and addresses that always fail", async () => {
  const { inbox, client } = await anInbox()
  await client.sendSms(templateId, '+447700900002', text('Hello'))
  await client.sendSms(templateId, '07700 900 003', text('Hello'))
  await client.sendEmail(templateId, 'perm-fail@simulator.notify', { personalisation: { subject: 'A', message: 'B' } })
  expect(inbox.latest('07700900002')?.status).toBe('permanent-failure')
  expect(inbox.latest('07700900003')?.status).toBe('temporary-failure')
  expect(inbox.latest('perm-fail@simulator.notify')?.status).toBe('permanent-failure')
})

it('keeps the latest 500 over a restart', async () => {
  const folder = aFolder()
  const { inbox, client } = await anInbox(folder)
  await client.sendSms(templateId, '07700900001', text('The first'))
  for (let sent = 0; sent < 5; sent++)
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => client.sendSms(templateId, '07700900123', text(`${sent} ${index}`))),
    )
  await inbox.stop()
  const again = await anInbox(folder)
  expect(JSON.parse(readFileSync(join(folder, 'inbox.json'), 'utf8'))).toHaveLength(500)
  expect(again.inbox.latest('07700900001')).toBeUndefined()
  expect(again.inbox.latest('07700900123')?.body).toMatch(/^4 /)
  const { notifications, links } = (await again.client.getNotifications()).data
  expect(notifications).toHaveLength(250)
  const older = (await again.client.getNotifications(undefined, undefined, undefined, notifications.at(-1)?.id)).data
  expect(links.next).toContain('older_than=')
  expect(older.notifications).toHaveLength(250)
  expect(new Set([...notifications, ...older.notifications].map(({ id }) => id)).size).toBe(500)
})

it("refuses what is wrong in Notify's words", async () => {
  const { client, inbox } = await anInbox()
  expect(await refused(client.sendSms('no-template', 'nobody', text('Hello')))).toEqual({
    status: 400,
    data: {
      status_code: 400,
      errors: [
        { error: 'ValidationError', message: 'template_id is not a valid UUID' },
        { error: 'ValidationError', message: 'phone_number Not a valid phone number' },
      ],
    },
  })
  expect(
    await refused(client.sendEmail(templateId, 'amal@example.com', { personalisation: { message: 'B' } })),
  ).toMatchObject({
    data: { errors: [{ error: 'BadRequestError', message: 'Missing personalisation: subject' }] },
  })
  expect(await refused(client.getNotificationById(randomUUID()))).toMatchObject({ status: 404 })
  expect(await refused(client.getNotificationById('x'))).toMatchObject({ status: 400 })
  expect(await refused(client.getTemplateById(templateId))).toMatchObject({ status: 404 })
  expect(await refused(client.sendSms(templateId, '07700900123', text('x'.repeat(200_000))))).toMatchObject({
    status: 413,
  })
  expect(inbox.latest('07700900123')).toBeUndefined()
})

it('answers nobody without a fresh token of the right service and key', async () => {
  const { inbox } = await anInbox()
  const token = (header: object, claims: object, key = secret) => {
    const parts = [header, claims].map((it) => Buffer.from(JSON.stringify(it)).toString('base64url')).join('.')
    return `${parts}.${createHmac('sha256', key).update(parts).digest('base64url')}`
  }
  const status = async (bearer?: string) =>
    (await fetch(`${inbox.url}/v2/notifications`, bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {}))
      .status
  const iat = Math.floor(Date.now() / 1000)
  const hs256 = { typ: 'JWT', alg: 'HS256' }
  expect(await status(token(hs256, { iss: serviceId, iat }))).toBe(200)
  expect(await status()).toBe(401)
  expect(await status('nonsense')).toBe(403)
  expect(await status(token({ typ: 'JWT', alg: 'none' }, { iss: serviceId, iat }))).toBe(403)
  expect(await status(token(hs256, { iss: randomUUID(), iat }))).toBe(403)
  expect(await status(token(hs256, { iss: serviceId, iat }, randomUUID()))).toBe(403)
  expect(await status(token(hs256, { iss: serviceId, iat: iat - 60 }))).toBe(403)
  expect(await status(token(hs256, { iss: serviceId }))).toBe(403)
})

it('says what to do when it cannot start', async () => {
  const folder = aFolder()
  writeFileSync(join(folder, 'inbox.json'), '[{"id":')
  await expect(anInbox(folder)).rejects.toThrow('inbox.json: is not an inbox. Delete it to begin with an empty one.')
  await expect(startInbox({ port: 0, host: '127.0.0.1', folder: aFolder(), apiKey: 'short' })).rejects.toThrow(
    'must end with a service id and a secret',
  )
  const { inbox } = await anInbox()
  const port = Number(new URL(inbox.url).port)
  await expect(startInbox({ port, host: '127.0.0.1', folder: aFolder(), apiKey })).rejects.toThrow(
    `port ${port} is in use`,
  )
})

it('shows the code of the app of the staff desk, once there is one, to the site alone', async () => {
  const folder = aFolder()
  const { inbox, client } = await anInbox(folder)
  const shown = async () => {
    const { apiClient } = client as unknown as { apiClient: { get(path: string): Promise<{ data: unknown }> } }
    return (await apiClient.get('/staff-codes')).data
  }
  expect(await shown()).toEqual({ staffCodes: [] })
  const totpUri = 'otpauth://totp/Desk:desk%40example.com?issuer=Desk&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const desk = { email: 'desk@example.com', password: 'demonstration-desk', totpUri }
  writeFileSync(join(folder, 'demonstration-desk.json'), JSON.stringify(desk))
  const before = codeShown(totpUri, new Date())
  const seen = await shown()
  const codes = [before, codeShown(totpUri, new Date())].map(({ code }) => ({
    staffCodes: [{ email: 'desk@example.com', code, secondsLeft: expect.any(Number) as number }],
  }))
  expect(codes).toContainEqual(seen)
  expect(JSON.stringify(seen)).not.toContain('JBSWY3DP')
  expect((await fetch(`${inbox.url}/staff-codes`)).status).toBe(401)
})
