import { z } from 'zod'

const keyForm = /^.*[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

const webAddress = (...protocols: string[]) =>
  z
    .string({ error: 'is missing' })
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that starts with ${protocols.map((it) => `${it}//`).join(' or ')}`,
    )
    .transform((text) => new URL(text))

const templateId = z
  .string({ error: 'is missing' })
  .refine((text) => z.uuid().safeParse(text).success, 'must be the id of a template in GOV.UK Notify (a UUID)')

const schema = z.object({
  PUBLIC_URL: webAddress('http:', 'https:').prefault('http://localhost:3000'),
  MESSAGES_KEY: z
    .string({ error: 'is missing; make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="' })
    .regex(/^[\w-]{43}$/, 'must be 32 bytes as base64url (43 characters)')
    .transform((text) => Buffer.from(text, 'base64url')),
  NOTIFY_URL: webAddress('http:', 'https:').prefault('https://api.notifications.service.gov.uk'),
  NOTIFY_API_KEY: z
    .string({ error: 'is missing; texts are sent by GOV.UK Notify' })
    .regex(keyForm, 'must be an API key of GOV.UK Notify: its name, the service id and the secret'),
  NOTIFY_TEXT_TEMPLATE_ID: templateId,
  NOTIFY_EMAIL_TEMPLATE_ID: templateId.optional(),
  SMTP_URL: webAddress('smtp:', 'smtps:').optional(),
  SMTP_FROM: z
    .string()
    .regex(/\S+@\S+/, 'must hold an e-mail address')
    .optional(),
})

/** What is wrong between settings that are each right. */
function* faultsBetween({ NODE_ENV, NOTIFY_URL, NOTIFY_EMAIL_TEMPLATE_ID, SMTP_URL, SMTP_FROM }: NodeJS.ProcessEnv) {
  if (!NOTIFY_EMAIL_TEMPLATE_ID && !SMTP_URL)
    yield 'NOTIFY_EMAIL_TEMPLATE_ID: is missing; set it, or SMTP_URL for a mail server'
  if (SMTP_URL && !SMTP_FROM) yield 'SMTP_FROM: is missing; SMTP_URL needs a sender'
  if (NODE_ENV === 'production' && NOTIFY_URL?.startsWith('http:'))
    yield `NOTIFY_URL: must start with https:// in production (got "${NOTIFY_URL}")`
}

/** What `messages` needs to know from outside. */
export interface MessagesSettings {
  readonly publicUrl: URL
  readonly messagesKey: Buffer
  readonly notify: {
    readonly url: URL
    readonly apiKey: string
    readonly textTemplateId: string
    readonly emailTemplateId?: string
  }
  /** When there is one, it carries the e-mails. */
  readonly smtp?: { readonly url: URL; readonly from: string }
}

const secrets = ['MESSAGES_KEY', 'NOTIFY_API_KEY', 'SMTP_URL']

/** Reads the settings, or throws with one line for each fault. A secret is never quoted. */
export function readMessagesSettings(environment: NodeJS.ProcessEnv): MessagesSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  const faults = [...(result.error?.issues.map((issue) => faultLine(issue, given)) ?? []), ...faultsBetween(given)]
  if (!result.success || faults.length) throw new Error(faults.join('\n'))
  const { PUBLIC_URL, MESSAGES_KEY, NOTIFY_URL, NOTIFY_API_KEY, SMTP_URL, SMTP_FROM, ...templates } = result.data
  const { NOTIFY_TEXT_TEMPLATE_ID: textTemplateId, NOTIFY_EMAIL_TEMPLATE_ID: emailTemplateId } = templates
  return {
    publicUrl: PUBLIC_URL,
    messagesKey: MESSAGES_KEY,
    notify: { url: NOTIFY_URL, apiKey: NOTIFY_API_KEY, textTemplateId, ...(emailTemplateId && { emailTemplateId }) },
    ...(SMTP_URL && { smtp: { url: SMTP_URL, from: SMTP_FROM ?? '' } }),
  }
}

function faultLine({ path, message }: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = String(path[0])
  const value = given[name]
  return `${name}: ${message}${value === undefined || secrets.includes(name) ? '' : ` (got "${value}")`}`
}
