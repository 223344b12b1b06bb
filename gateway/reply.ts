import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessRecord } from './inquiry.ts'
import type { Problem } from './problem.ts'

/** One HTTP request on its way, beside what Node knows of it. */
export interface Visit {
  requestId: string
  record: AccessRecord
}

/** What an endpoint answers. */
export interface Reply {
  status: number
  body: string | Buffer
  headers?: Record<string, string>
}

export type Endpoint = (request: IncomingMessage, visit: Visit) => Promise<Reply> | Reply

const JSON_TYPE = 'application/json; charset=utf-8'

/** On everything: nothing is kept, framed, sniffed or sent on. There is no CORS header: browsers of other sites get nothing. */
const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  body: JSON.stringify(value) + '\n',
  headers,
})

/** A problem in the shape every GraphQL client reads. */
export function problemReply(problem: Problem): Reply {
  const { code, message, extensions, status } = problem
  const seconds = extensions['retryAfterSeconds']
  const headers = {
    ...(status === 401 ? { 'www-authenticate': problem.challenge } : {}),
    ...(status === 429 || status === 503 ? { 'retry-after': String(typeof seconds === 'number' ? seconds : 5) } : {}),
  }
  return json(status, { errors: [{ message, extensions: { ...extensions, code } }] }, headers)
}

export function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, {
    ...always,
    'content-type': JSON_TYPE,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
