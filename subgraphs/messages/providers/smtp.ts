import { createTransport, type Transporter } from 'nodemailer'
import type { Envelope, Handed, Known, Provider } from './provider.ts'

export interface SmtpSettings {
  readonly url: URL
  /** The sender, such as "Patient Portal <portal@example.com>". */
  readonly from: string
}

const timeLimits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 }

/** Carries e-mails by a mail server. It forgets what it was given, so the Message-ID is the same each time: readers drop a second one. */
export class SmtpProvider implements Provider {
  readonly remembers = false
  readonly #transport: Transporter
  readonly #from: string
  readonly #domain: string

  constructor({ url, from }: SmtpSettings) {
    this.#transport = createTransport({ url: url.href, ...timeLimits, disableFileAccess: true, disableUrlAccess: true })
    this.#from = from
    this.#domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'
  }

  async send({ reference, to, words }: Envelope): Promise<Handed> {
    // A record with two addresses in one field must not make one message reach two people.
    if (!/^[^\s,;<>]+@[^\s,;<>]+$/.test(to)) return { outcome: 'REFUSED', errorCode: 'NOT_ONE_ADDRESS' }
    try {
      await this.#transport.sendMail({
        messageId: `<${reference}@${this.#domain}>`,
        from: this.#from,
        to,
        subject: words.subject ?? '',
        text: words.body,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return { outcome: 'ACCEPTED', providerId: null }
    } catch (error) {
      return refusal(error)
    }
  }

  find(): Promise<Known | undefined> {
    return Promise.resolve(undefined)
  }

  close(): void {
    this.#transport.close()
  }
}

/** 5xx is for good, unless it is about our own log in; everything else may work later. */
function refusal(error: unknown): Handed {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const errorCode = responseCode ? `SMTP_${responseCode}` : (code ?? 'UNKNOWN')
  const forGood = responseCode !== undefined && responseCode >= 500 && code === 'EENVELOPE'
  return { outcome: forGood ? 'REFUSED' : 'NOT_NOW', errorCode }
}
