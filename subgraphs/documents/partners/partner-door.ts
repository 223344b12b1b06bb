import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import type { Dispatcher } from 'undici'
import type { Clock } from '../../runtime/clock.ts'
import { AccessToken } from './access-token.ts'
import { type BoundedAnswer, boundedFetch, openConnections } from './bounded-fetch.ts'
import { PartnerFailure, PartnerWithholds } from './partner-failure.ts'
import type { PartnerLimits } from './partner-limits.ts'
import type { PartnerSource } from './partner-source.ts'

/** Within which one question to a partner is asked. */
export interface Asking {
  readonly clock: Clock
  readonly signal: AbortSignal
}

interface Request {
  readonly url: URL
  readonly accept: string
  readonly largest: number
  /** A search that names a person is posted: an address is written down in many places. */
  readonly form?: URLSearchParams
}

/** One more try, soon and not at the same moment as everybody else's. What was refused is not asked again. */
const oneMore = retry(
  handleWhen((error) => error instanceof PartnerFailure && /^(NO_ANSWER|STATUS 5)/.test(error.code)),
  { maxAttempts: 1, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 200 }) },
)

const fhirJson = 'application/fhir+json'

/** The way into one partner's FHIR server: its token, its connections, and how much of it is taken in. */
export class PartnerDoor {
  readonly #source: PartnerSource
  readonly #limits: PartnerLimits
  readonly #connections: Dispatcher
  readonly #token: AccessToken

  constructor(source: PartnerSource, limits: PartnerLimits) {
    this.#source = source
    this.#limits = limits
    this.#connections = openConnections(limits.connectMilliseconds)
    this.#token = new AccessToken(source, this.#connections)
  }

  get base(): URL {
    return this.#source.fhirUrl
  }

  /** An address at the partner's own host; undefined for one that is anywhere else. */
  resolve(address: string): URL | undefined {
    const base = `${this.base.href.replace(/\/$/, '')}/`
    if (!URL.canParse(address, base)) return undefined
    const url = new URL(address, base)
    return url.origin === this.base.origin && !url.username ? url : undefined
  }

  /** The kind and id in a reference to a resource of this very server. */
  named(reference: string): { type: string; id: string } | undefined {
    const path = this.base.pathname.replace(/\/$/, '')
    const { pathname = '' } = this.resolve(reference) ?? {}
    const [, type = '', id = ''] =
      /^\/([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(pathname.slice(path.length)) ?? []
    return id && pathname.startsWith(path) ? { type, id } : undefined
  }

  /** What FHIR resource is there, as JSON that nobody has looked at. */
  read(address: string, asking: Asking, largest = this.#limits.answerBytes): Promise<unknown> {
    return this.#json({ url: this.#inside(address), accept: fhirJson, largest }, asking)
  }

  search(type: string, form: URLSearchParams, asking: Asking): Promise<unknown> {
    const url = this.#inside(`${type}/_search`)
    return this.#json({ url, accept: fhirJson, largest: this.#limits.answerBytes, form }, asking)
  }

  /** A file: as it is, or in a Binary of FHIR. */
  async file(address: string, contentType: string, asking: Asking): Promise<unknown> {
    // In base64 it is a third longer.
    const largest = Math.ceil(this.#limits.pdfBytes * 1.4)
    const request = { url: this.#inside(address), accept: `${contentType}, ${fhirJson};q=0.5`, largest }
    const answer = await this.#ask(request, asking)
    return isJson(answer) ? jsonOf(answer) : answer.body
  }

  close(): Promise<void> {
    return this.#connections.close()
  }

  #inside(address: string): URL {
    const url = this.resolve(address)
    if (!url) throw new PartnerFailure('OTHER_HOST')
    return url
  }

  async #json(request: Request, asking: Asking): Promise<unknown> {
    const answer = await this.#ask(request, asking)
    if (!isJson(answer)) throw new PartnerFailure('NOT_FHIR')
    return jsonOf(answer)
  }

  #ask(request: Request, asking: Asking): Promise<BoundedAnswer> {
    return oneMore.execute(async () => {
      const token = await this.#token.get(asking.clock, asking.signal)
      const answer = await this.#send(request, token, asking)
      if (answer.status !== 401) return checked(answer)
      // Ended before its time, or the partner forgot it.
      this.#token.drop(token)
      return checked(await this.#send(request, await this.#token.get(asking.clock, asking.signal), asking))
    }, asking.signal)
  }

  #send({ url, accept, largest, form }: Request, token: string, { signal }: Asking): Promise<BoundedAnswer> {
    const headers = { accept, authorization: `Bearer ${token}` }
    const init = { headers, signal, dispatcher: this.#connections }
    return boundedFetch(url, form ? { ...init, method: 'POST', body: form } : init, largest)
  }
}

const isJson = ({ headers }: BoundedAnswer) => /^application\/(fhir\+)?json\b/i.test(headers.get('content-type') ?? '')

function jsonOf({ body }: BoundedAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new PartnerFailure('NOT_FHIR', undefined, { cause })
  }
}

/** A token without the scope is a fault of the settings: it says nothing about the patient. */
function checked(answer: BoundedAnswer): BoundedAnswer {
  const { status, headers } = answer
  const lacksScope = headers.get('www-authenticate')?.includes('insufficient_scope')
  if (status === 403 && !lacksScope) throw new PartnerWithholds()
  if (status !== 200) throw new PartnerFailure('STATUS', status)
  return answer
}
