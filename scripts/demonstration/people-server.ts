import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Demonstration } from '../../gateway/main.ts'

export interface PeopleServer {
  readonly url: string
  stop(): Promise<void>
}

/** Lends the people of the demonstration to a gateway in a process of its own, on loopback, to whoever has the key. */
export async function startPeopleServer(demonstration: Demonstration, key: string): Promise<PeopleServer> {
  const server = createServer((request, response) => {
    if (!hasKey(request.headers.authorization, key)) return send(response, 401, {})
    answer(request.url ?? '', demonstration).then(
      ({ status, body }) => send(response, status, body),
      () => send(response, 503, {}),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => closed(server) }
}

async function answer(path: string, demonstration: Demonstration): Promise<{ status: number; body: unknown }> {
  if (path === '/people') return { status: 200, body: await demonstration.people() }
  const id = /^\/people\/([^/]+)\/token$/.exec(path)?.[1]
  if (id === undefined) return { status: 404, body: {} }
  return { status: 200, body: { token: await demonstration.token(decodeURIComponent(id)) } }
}

function hasKey(authorization: string | undefined, key: string): boolean {
  const given = Buffer.from(authorization ?? '')
  const right = Buffer.from(`Bearer ${key}`)
  return given.length === right.length && timingSafeEqual(given, right)
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
