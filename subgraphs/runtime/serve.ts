import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { kindOf, type Log } from './log.ts'
import type { Subgraph } from './subgraph.ts'
import { gatewayIssuer, verifyToken } from './token.ts'
import { Role } from './viewer.ts'
import { receiveEventDocument } from './worker.ts'

export interface ServeSettings {
  readonly host: string
  readonly port: number
  /** The key that the gateway signs this subgraph's calls with. */
  readonly key: Buffer
  /** The subgraphs that may tell this one of events. */
  readonly subscriptions: readonly string[]
  readonly clock: Clock
  readonly log: Log
}

const largestBody = 1024 * 1024
/** One of our own systems may bring a PDF of 20 MB, as base64. */
const largestSystemBody = 30 * 1024 * 1024
/** The gateway waits no longer for an answer. */
const longestAnswerMilliseconds = 9000
const call = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/** Serves a subgraph over HTTP, to the gateway alone: nothing is answered without its token, `_service` included. */
export async function serve(
  subgraph: Subgraph,
  settings: ServeSettings,
): Promise<{ url: string; stop(): Promise<void> }> {
  let stopping = false
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => send(response, status, body)
    if (request.url === '/health') return answer(200, { status: 'ok' })
    if (stopping) return answer(503, failure('UNAVAILABLE', 'Stopping. Try again in a moment.'))
    if (request.url === '/ready') return void subgraph.ready().then((ready) => answer(ready ? 200 : 503, { ready }))
    if (request.url !== '/graphql' || request.method !== 'POST')
      return answer(404, failure('BAD_USER_INPUT', 'There is only POST /graphql here.'))
    answerCall(subgraph, settings, request, answer).catch((error: unknown) => {
      settings.log.error(kindOf(error), 'a call failed')
      answer(500, failure('INTERNAL', 'Something went wrong.'))
    })
  })
  await listen(server, settings)
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${(server.address() as AddressInfo).port}/graphql`,
    async stop() {
      stopping = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // What is under way is finished; a caller who never finishes asking is not waited for.
      const cutOff = setTimeout(() => server.closeAllConnections(), longestAnswerMilliseconds)
      await closed
      clearTimeout(cutOff)
    },
  }
}

type Answer = (status: number, body: unknown) => void

async function answerCall(
  subgraph: Subgraph,
  settings: ServeSettings,
  request: IncomingMessage,
  answer: Answer,
): Promise<void> {
  const { key, clock, subscriptions } = settings
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  // Before a byte of the body is read: how much is read depends on it.
  const caller = verifyToken(token, { key, audience: subgraph.name, subscriptions }, clock)
  const body = await readBody(request, caller?.viewer.role === Role.SYSTEM ? largestSystemBody : largestBody)
  if (!body) return answer(413, failure('BAD_USER_INPUT', 'The request is too large.'))
  if (!caller?.asks(body)) return answer(401, failure('UNAUTHENTICATED', 'Only the gateway may ask this.'))
  const parsed = call.safeParse(readJson(body))
  if (!parsed.success) return answer(400, failure('BAD_USER_INPUT', 'Send JSON with a query.'))
  const { query, variables, operationName } = parsed.data
  // Another subgraph may tell of events, and do nothing else.
  if (caller.issuer !== gatewayIssuer && query !== receiveEventDocument)
    return answer(401, failure('UNAUTHENTICATED', 'Only the gateway may ask this.'))
  const requestId = String(request.headers['x-request-id'] ?? randomUUID()).slice(0, 100)
  const result = await subgraph.execute({
    query,
    variables: variables ?? {},
    viewer: caller.viewer,
    requestId,
    ...(operationName && { operationName }),
  })
  answer(200, result)
}

/** At most so many bytes, or undefined. What comes after them is read and forgotten, so that the caller hears why. */
function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) resolve(void chunks.splice(0))
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

const failure = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] })

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}

/** Listens, or says in one line why not. */
function listen(server: Server, { host, port }: ServeSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is in use: stop what uses it, or choose another port`)
          : error,
      ),
    )
    server.listen(port, host, resolve)
  })
}
