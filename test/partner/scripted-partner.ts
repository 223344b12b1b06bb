import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bundle } from '@medplum/fhirtypes'

export interface Scripted {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** JSON unless it is text or bytes. */
  readonly body?: unknown
}

/** A partner that says exactly what a test makes it say, however wrong. */
export interface ScriptedPartner {
  readonly fhirUrl: string
  readonly tokenUrl: string
  /** What it answers to a question below its base, such as "Observation?patient=...". */
  answer: (question: string) => Scripted | Promise<Scripted>
  tokenSeconds: number
  /** Every question, in order; "token" for a token. */
  readonly asked: string[]
  stop(): Promise<void>
}

export async function startScriptedPartner(): Promise<ScriptedPartner> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let tokens = 0
  const partner: ScriptedPartner = {
    fhirUrl: `${origin}/fhir`,
    tokenUrl: `${origin}/token`,
    answer: () => ({ body: bundleOf([]) }),
    tokenSeconds: 300,
    asked: [],
    stop: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const question = (request.url ?? '').replace(/^\/(fhir\/)?/, '')
    partner.asked.push(question)
    request.resume()
    const token = { access_token: `token-${(tokens += 1)}`, token_type: 'Bearer', expires_in: partner.tokenSeconds }
    const { status = 200, headers, body } = question === 'token' ? { body: token } : await partner.answer(question)
    const type = question === 'token' ? 'application/json' : 'application/fhir+json'
    response.writeHead(status, { 'content-type': type, ...headers })
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {}))
  }
  server.on('request', (request, response) => void answer(request, response))
  return partner
}

/** A page of a search. Anything may stand in it. */
export const bundleOf = (resources: readonly unknown[], next?: string): object => ({
  resourceType: 'Bundle' satisfies Bundle['resourceType'],
  type: 'searchset',
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
  entry: resources.map((resource) => ({ resource })),
})

/** Answers each search with what is of its type, and knows nothing of what is asked beside. */
export const answering =
  (resources: readonly unknown[]) =>
  (question: string): Scripted => {
    const type = /^[A-Za-z]+/.exec(question)?.[0]
    const isOfType = (it: unknown) => (it as { resourceType?: string } | null)?.resourceType === type
    return { body: bundleOf(resources.filter(isOfType)) }
  }
