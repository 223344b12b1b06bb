import { expect, it } from 'vitest'
import { readMessagesSettings } from './environment.ts'

const key = 'A'.repeat(43)
const apiKey = 'live-1f6e8b3c-0000-4000-8000-000000000001-1f6e8b3c-0000-4000-8000-000000000002'
const templateId = '1f6e8b3c-0000-4000-8000-000000000003'
const enough = {
  MESSAGES_KEY: key,
  NOTIFY_API_KEY: apiKey,
  NOTIFY_TEXT_TEMPLATE_ID: templateId,
  NOTIFY_EMAIL_TEMPLATE_ID: templateId,
}

it('reads what is needed, with defaults for the rest', () => {
  const settings = readMessagesSettings({ ...enough, SMTP_URL: '' })
  expect(settings.publicUrl.href).toBe('http://localhost:3000/')
  expect(settings.messagesKey).toHaveLength(32)
  expect(settings.notify).toMatchObject({ apiKey, textTemplateId: templateId, emailTemplateId: templateId })
  expect(settings.notify.url.href).toBe('https://api.notifications.service.gov.uk/')
  expect(settings.smtp).toBeUndefined()
})

it('takes a mail server in place of an e-mail template', () => {
  const { NOTIFY_EMAIL_TEMPLATE_ID: _, ...rest } = enough
  const smtp = { SMTP_URL: 'smtps://user:word@mail.example', SMTP_FROM: 'Portal <portal@example.com>' }
  expect(readMessagesSettings({ ...rest, ...smtp }).smtp).toMatchObject({ from: 'Portal <portal@example.com>' })
})

it('reports every fault at once', () => {
  expect(faults({})).toEqual([
    expect.stringMatching(/^MESSAGES_KEY: is missing; make one with: openssl/),
    'NOTIFY_API_KEY: is missing; texts are sent by GOV.UK Notify',
    'NOTIFY_TEXT_TEMPLATE_ID: is missing',
    'NOTIFY_EMAIL_TEMPLATE_ID: is missing; set it, or SMTP_URL for a mail server',
  ])
  expect(
    faults({ MESSAGES_KEY: key, NOTIFY_API_KEY: apiKey, NODE_ENV: 'production', NOTIFY_URL: 'http://notify.example' }),
  ).toEqual([
    'NOTIFY_TEXT_TEMPLATE_ID: is missing',
    'NOTIFY_EMAIL_TEMPLATE_ID: is missing; set it, or SMTP_URL for a mail server',
    'NOTIFY_URL: must start with https:// in production (got "http://notify.example")',
  ])
  expect(faults({ ...enough, NOTIFY_TEXT_TEMPLATE_ID: '7', PUBLIC_URL: 'localhost:3000' })).toEqual([
    'PUBLIC_URL: must be a URL that starts with http:// or https:// (got "localhost:3000")',
    'NOTIFY_TEXT_TEMPLATE_ID: must be the id of a template in GOV.UK Notify (a UUID) (got "7")',
  ])
  expect(faults({ ...enough, SMTP_URL: 'smtp://mail.example' })).toEqual([
    'SMTP_FROM: is missing; SMTP_URL needs a sender',
  ])
})

it('never quotes a secret', () => {
  const secrets = {
    ...enough,
    MESSAGES_KEY: 'secret-1',
    NOTIFY_API_KEY: 'secret-2',
    SMTP_URL: 'ftp://user:secret-3@mail',
    SMTP_FROM: 'portal@example.com',
  }
  expect(faults(secrets)).toHaveLength(3)
  expect(faults(secrets).join()).not.toContain('secret-')
})

function faults(environment: NodeJS.ProcessEnv): string[] {
  try {
    readMessagesSettings(environment)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : []
  }
}
