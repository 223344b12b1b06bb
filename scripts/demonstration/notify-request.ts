import { z } from 'zod'

export type NotificationType = 'sms' | 'email'

/** What GOV.UK Notify answers when it takes no message. */
export class NotifyFault extends Error {
  readonly answer: { status: number; body: unknown }

  constructor(status: number, error: string, messages: string[]) {
    super(messages.join('; '))
    const errors = messages.map((message) => ({ error, message }))
    this.answer = { status, body: { status_code: status, errors } }
  }
}
export const notifyFault = (status: number, error: string, message: string) => new NotifyFault(status, error, [message])

const common = {
  template_id: z.uuid('is not a valid UUID'),
  reference: z.string('is not of type string').max(1000, 'is too long').nullish(),
  personalisation: z.record(z.string(), z.unknown()).default({}),
}
const requests = {
  sms: z.object({
    ...common,
    phone_number: z
      .string('is a required property')
      .regex(/^(?:[+()\s-]*\d){10,15}[()\s-]*$/, 'Not a valid phone number'),
  }),
  email: z.object({ ...common, email_address: z.email('Not a valid email address') }),
}

/** Notify's own numbers and addresses for trying out what happens when a message cannot be delivered. */
const simulated: Record<string, string> = {
  '07700900002': 'permanent-failure',
  '+447700900002': 'permanent-failure',
  '07700900003': 'temporary-failure',
  '+447700900003': 'temporary-failure',
  'perm-fail@simulator.notify': 'permanent-failure',
  'temp-fail@simulator.notify': 'temporary-failure',
}

/** The message in a request, as its template, which is nothing but ((subject)) and ((message)), makes it. Throws Notify's fault. */
export function readNotification(text: string, type: NotificationType) {
  const result = requests[type].safeParse(readJson(text))
  if (!result.success) {
    const messages = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim())
    throw new NotifyFault(400, 'ValidationError', messages)
  }
  const { data } = result
  const to = 'phone_number' in data ? data.phone_number : data.email_address
  const { message, subject } = data.personalisation
  const missing = Object.entries({ message, ...(type === 'email' && { subject }) })
    .filter(([, value]) => value === undefined || value === null)
    .map(([name]) => name)
  if (missing.length) throw notifyFault(400, 'BadRequestError', `Missing personalisation: ${missing.join(', ')}`)
  return {
    template_id: data.template_id,
    reference: data.reference ?? null,
    to,
    status: simulated[to.replace(/\s/g, '')] ?? 'delivered',
    subject: type === 'email' ? String(subject) : null,
    body: String(message),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notifyFault(400, 'BadRequestError', 'Invalid JSON supplied in POST data')
  }
}
