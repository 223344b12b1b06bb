import type { MessagesSettings } from '../environment.ts'
import { Channel } from '../outgoing-message.entity.ts'
import { NotifyProvider, openNotify } from './notify.ts'
import type { Providers } from './provider.ts'
import { SmtpProvider } from './smtp.ts'

/** Texts go by GOV.UK Notify; e-mails by a mail server where one is set, otherwise by GOV.UK Notify too. */
export function openProviders({ notify, smtp }: Pick<MessagesSettings, 'notify' | 'smtp'>): Providers {
  const client = openNotify(notify)
  return {
    [Channel.TEXT]: new NotifyProvider(client, Channel.TEXT, notify.textTemplateId),
    [Channel.EMAIL]: smtp
      ? new SmtpProvider(smtp)
      : new NotifyProvider(client, Channel.EMAIL, notify.emailTemplateId ?? ''),
  }
}
