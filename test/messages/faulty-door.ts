import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with one call that sends a message. */
export type Mishap = { status: number; retryAfter?: string } | 'ACCEPTED_BUT_UNHEARD' | 'SILENCE'

/** Stands before the provider, and lets the next calls that send a message go wrong as told. */
export interface FaultyDoor {
  readonly url: string
  readonly mishaps: Mishap[]
  /** While true, nobody can ask about messages either. */
  closedToQuestions: boolean
  stop(): Promise<void>
}

export async function faultyDoor(provider: string): Promise<FaultyDoor> {
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' && door.closedToQuestions) return void response.writeHead(503).end('{}')
    const mishap = request.method === 'POST' ? door.mishaps.shift() : undefined
    if (mishap === 'SILENCE') return
    if (typeof mishap === 'object') {
      const headers = mishap.retryAfter ? { 'retry-after': mishap.retryAfter } : {}
      return void response.writeHead(mishap.status, headers).end('{"status_code":0,"errors":[]}')
    }
    const answer = await forward(provider, request)
    if (mishap === 'ACCEPTED_BUT_UNHEARD') return void response.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const door: FaultyDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mishaps: [],
    closedToQuestions: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return door
}

async function forward(provider: string, request: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { authorization = '' } = request.headers
  return fetch(`${provider}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    ...(request.method === 'POST' && { body: Buffer.concat(chunks) }),
  })
}
