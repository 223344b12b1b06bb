import { NotifyClient } from 'notifications-node-client'
import { z } from 'zod'
import type { SiteSettings } from '../../../environment.ts'

/** A message as it lies in the demonstration's inbox. */
export interface InboxMessage {
  id: string
  kind: 'text' | 'email'
  to: string
  subject: string | undefined
  body: string
  sentAt: string
}

/** Every text and e-mail the demonstration has sent, newest first. The inbox answers as GOV.UK Notify does. */
export async function readInbox({ url, key }: NonNullable<SiteSettings['inbox']>): Promise<InboxMessage[]> {
  const { data } = await new NotifyClient(url.origin, key).getNotifications()
  return data.notifications
    .filter(({ type }) => type !== 'letter')
    .map((message) => ({
      id: message.id,
      kind: message.type === 'sms' ? ('text' as const) : ('email' as const),
      to: message.phone_number ?? message.email_address ?? '',
      subject: message.subject,
      body: message.body,
      sentAt: message.created_at,
    }))
    .sort((one, other) => Date.parse(other.sentAt) - Date.parse(one.sentAt))
}

/** What the code app of somebody at the demonstration's staff desk shows, and for how much longer. */
const staffCode = z.object({ email: z.string(), code: z.string(), secondsLeft: z.number() })
export type StaffCode = z.infer<typeof staffCode>

/** The codes of the demonstration's staff, so that nobody needs a phone to try the desk. Notify has nothing like it. */
export async function readStaffCodes({ url, key }: NonNullable<SiteSettings['inbox']>): Promise<StaffCode[]> {
  const { apiClient } = new NotifyClient(url.origin, key) as {
    apiClient: { get: (path: string) => Promise<{ data: unknown }> }
  }
  const { data } = await apiClient.get('/staff-codes')
  return z.object({ staffCodes: z.array(staffCode) }).parse(data).staffCodes
}
