import axios, { isAxiosError } from 'axios'
import { NotifyClient } from 'notifications-node-client'
import { Channel } from '../outgoing-message.entity.ts'
import { type Envelope, type Handed, type Known, type Provider, ProviderAway } from './provider.ts'

export interface NotifySettings {
  readonly url: URL
  readonly apiKey: string
  readonly timeLimitMilliseconds?: number
}

/** The client of GOV.UK Notify, as it comes, with a time limit on every call. */
export function openNotify({ url, apiKey, timeLimitMilliseconds = 10_000 }: NotifySettings): NotifyClient {
  const http = axios.create({ maxRedirects: 0, maxContentLength: 1024 * 1024 })
  // For the whole call: a server that answers one byte a second is away as well.
  http.interceptors.request.use((config) => ({ ...config, signal: AbortSignal.timeout(timeLimitMilliseconds) }))
  const client = new NotifyClient(url.href.replace(/\/$/, ''), apiKey)
  // The client's types take axios as CommonJS and ours as a module: one library, typed twice.
  client.setClient(http as unknown as Parameters<NotifyClient['setClient']>[0])
  return client
}

/** Carries texts, or e-mails, by GOV.UK Notify. Its template holds nothing but ((message)), and ((subject)) for e-mails. */
export class NotifyProvider implements Provider {
  readonly remembers = true
  readonly #client: NotifyClient
  readonly #channel: Channel
  readonly #templateId: string

  constructor(client: NotifyClient, channel: Channel, templateId: string) {
    this.#client = client
    this.#channel = channel
    this.#templateId = templateId
  }

  async send({ reference, to, words }: Envelope): Promise<Handed> {
    const { subject, body: message } = words
    try {
      const { data } =
        this.#channel === Channel.TEXT
          ? await this.#client.sendSms(this.#templateId, to, { personalisation: { message }, reference })
          : await this.#client.sendEmail(this.#templateId, to, { personalisation: { subject, message }, reference })
      return { outcome: 'ACCEPTED', providerId: data.id }
    } catch (error) {
      return refusal(error)
    }
  }

  async find(reference: string): Promise<Known | undefined> {
    const type = this.#channel === Channel.TEXT ? 'sms' : 'email'
    try {
      const { data } = await this.#client.getNotifications(type, undefined, reference)
      const [found] = data.notifications
      return found && { providerId: found.id, delivery: deliveryOf(found.status), status: found.status }
    } catch (error) {
      throw new ProviderAway(codeOf(error))
    }
  }
}

/** 400 is about this message. 401 and 403 are about our settings: mending those lets it go out. */
function refusal(error: unknown): Handed {
  const response = isAxiosError(error) ? error.response : undefined
  const errorCode = codeOf(error)
  if (response?.status === 400) return { outcome: 'REFUSED', errorCode }
  const retryAfter: unknown = response?.headers['retry-after']
  return { outcome: 'NOT_NOW', errorCode, ...(typeof retryAfter === 'string' && { retryAfter }) }
}

function codeOf(error: unknown): string {
  if (!isAxiosError(error)) return 'UNKNOWN'
  return error.response ? `HTTP_${error.response.status}` : (error.code ?? 'UNKNOWN')
}

function deliveryOf(status: string): Known['delivery'] {
  if (status === 'delivered') return 'DELIVERED'
  return status.endsWith('-failure') ? 'FAILED' : 'ON_ITS_WAY'
}
